package parley.ledger.fold;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import parley.contract.Agreement;
import parley.contract.Assertion.Total;
import parley.contract.Claim;
import parley.contract.Conflict;
import parley.contract.Exchange;
import parley.contract.Statement;

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
        return new Edition(
                standing.kind,
                standing.subject(),
                conflict(standing),
                validOn(standing.statement),
                status,
                mergedInto,
                standing.revision,
                standing.stating.at(),
                standing.first.envelope().publisher(),
                standing.first.recordedAt(),
                standing.newest.recordedAt(),
                exchange,
                standing.statement instanceof Claim claim ? agreement(claim) : null);
    }

    private static @Nullable String agreement(Claim claim) {
        if (claim.about().isConflict() && claim.assertion() instanceof Total total) {
            return total.agreement();
        }
        return claim.about().agreement();
    }

    private static String conflict(Standing standing) {
        return switch (standing.statement) {
            case Conflict _ -> standing.subject();
            case Exchange exchange -> exchange.conflict();
            case Agreement agreement -> agreement.conflict();
            case Claim claim -> claim.conflict();
        };
    }

    private static @Nullable LocalDate validOn(Statement statement) {
        return switch (statement) {
            case Conflict conflict -> conflict.since() == null ? null : conflict.since().last();
            case Exchange exchange -> exchange.occurredOn().last();
            case Agreement agreement -> agreement.concludedOn().last();
            case Claim claim -> claim.statedOn().last();
        };
    }
}
