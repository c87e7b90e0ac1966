package parley.ledger.fold;

import org.jspecify.annotations.Nullable;
import parley.contract.Authority;
import parley.contract.Claim;
import parley.contract.Statement;

/// Where a statement stands in the course of a replay.
final class Standing {
    final Kind kind;
    final LoggedEvent first;
    LoggedEvent stating;
    LoggedEvent newest;
    Statement statement;
    boolean retracted;
    int revision = 1;

    Standing(Kind kind, LoggedEvent first, Statement statement) {
        this.kind = kind;
        this.first = first;
        this.stating = first;
        this.newest = first;
        this.statement = statement;
    }

    String subject() {
        return first.envelope().subject();
    }

    Edition.Key key() {
        return new Edition.Key(kind, subject());
    }

    /// A publisher may change what it stated itself, an editor what anybody did.
    boolean mayBeChangedBy(LoggedEvent event) {
        return event.envelope().authority() == Authority.EDITOR
                || event.envelope().source().equals(first.envelope().source());
    }

    void changedBy(LoggedEvent event) {
        newest = event;
        revision++;
    }

    /// The exchange that a standing claim is about, or null.
    @Nullable String exchange() {
        return statement instanceof Claim claim ? claim.about().exchange() : null;
    }
}
