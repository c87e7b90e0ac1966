package parley.ledger.fold;

import org.jspecify.annotations.Nullable;

/// What became of an event.
public sealed interface Outcome {

    /// It says something that stands, or stood, in the ledger.
    record Applied() implements Outcome {}

    /// It was said before, in the same words, under the same name.
    record Duplicate(Coordinates of) implements Outcome {}

    /// It cannot be applied. It stays on the log, and holds up none behind it.
    ///
    /// @param reason a sentence for whoever sent it
    /// @param awaits the conflict whose definition could still make it valid, or null
    record Rejected(String reason, @Nullable String awaits) implements Outcome {}
}
