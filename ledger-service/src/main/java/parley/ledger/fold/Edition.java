package parley.ledger.fold;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What is held of an exchange, agreement, claim or conflict from one event until the next.
///
/// @param validOn the last day of its date; of a conflict, the last day of its beginning or null
/// @param mergedInto the exchange that is the same handover, where the status is `merged`
/// @param revision 1 for the first statement; each event that changes it adds one
/// @param statedAt the event that holds the statement
/// @param publisher whose statement it is: that of the first event
/// @param reportedAt when the log took the first event
/// @param updatedAt when the log took the newest event
/// @param exchange of a claim: the exchange it is about, merges followed
/// @param agreement of a claim: the agreement that it, or the total it states, is about
public record Edition(
        Kind kind,
        String subject,
        String conflict,
        @Nullable LocalDate validOn,
        Status status,
        @Nullable String mergedInto,
        int revision,
        Coordinates statedAt,
        String publisher,
        Instant reportedAt,
        Instant updatedAt,
        @Nullable String exchange,
        @Nullable String agreement) {

    /// What names the statement.
    record Key(Kind kind, String subject) {}

    Key key() {
        return new Key(kind, subject);
    }

    static Edition of(
            Standing standing,
            Status status,
            @Nullable String mergedInto,
            @Nullable String exchange) {
        Stated stated = standing.stated;
        return new Edition(
                standing.kind(),
                standing.subject(),
                stated.conflict(),
                stated.validOn(),
                status,
                mergedInto,
                standing.revision,
                stated.when().at(),
                standing.publisher(),
                standing.reportedAt,
                standing.updatedAt,
                exchange,
                stated.agreement());
    }
}
