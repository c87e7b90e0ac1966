package parley.ledger.fold;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import parley.contract.Agreement;
import parley.contract.Assertion.Total;
import parley.contract.Claim;
import parley.contract.Conflict;
import parley.contract.Exchange;
import parley.contract.Statement;

/// What a case keeps of a statement: as much as it is folded by. Words and sources stay with the
/// event. Of claims, of which there may be thousands about one exchange, what they have in common
/// is there once.
///
/// @param when the place of its event in the log
/// @param validOn the last day of its date; of a conflict, the last day of its beginning or null
/// @param exchange where it reports one
/// @param about of a claim: the exchange it is about, merges not followed, or null
/// @param agreement of a claim: the agreement that it, or the total it states, is about, or null
/// @param reading of a claim: the figures that it names of its exchange, or null
record Stated(
        LogTime when,
        String conflict,
        @Nullable LocalDate validOn,
        @Nullable Exchange exchange,
        @Nullable String about,
        @Nullable String agreement,
        @Nullable Reading reading) {

    static Stated of(LoggedEvent event, Statement statement) {
        LogTime when = event.when();
        return switch (statement) {
            case Conflict conflict ->
                    of(
                            when,
                            event.envelope().subject(),
                            conflict.since() == null ? null : conflict.since().last(),
                            null);
            case Exchange exchange ->
                    of(when, exchange.conflict(), exchange.occurredOn().last(), exchange);
            case Agreement agreement ->
                    of(when, agreement.conflict(), agreement.concludedOn().last(), null);
            case Claim claim -> of(when, claim);
        };
    }

    private static Stated of(
            LogTime when,
            String conflict,
            @Nullable LocalDate validOn,
            @Nullable Exchange exchange) {
        return new Stated(when, conflict, validOn, exchange, null, null, null);
    }

    private static Stated of(LogTime when, Claim claim) {
        String about = claim.about().exchange();
        return new Stated(
                when,
                claim.conflict().intern(),
                claim.statedOn().last(),
                null,
                about == null ? null : about.intern(),
                agreement(claim),
                about == null ? null : Reading.of(claim, when));
    }

    private static @Nullable String agreement(Claim claim) {
        if (claim.about().isConflict() && claim.assertion() instanceof Total total) {
            return total.agreement();
        }
        return claim.about().agreement();
    }
}
