package parley.ledger.fold;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import parley.contract.Agreement;
import parley.contract.Assertion;
import parley.contract.Assertion.Total;
import parley.contract.Claim;
import parley.contract.Conflict;
import parley.contract.Exchange;
import parley.contract.Statement;

/// What a case keeps of a statement: as much as it is folded by. Words and sources stay with the
/// event. Of a claim, of which there may be thousands about one exchange, what they have in common
/// is there once.
///
/// @param when the place of its event in the log
/// @param validOn the last day of its date; of a conflict, the last day of its beginning or null
/// @param exchange where it reports one
/// @param claim where it is one
record Stated(
        LogTime when,
        String conflict,
        @Nullable LocalDate validOn,
        @Nullable Exchange exchange,
        @Nullable Claimed claim) {

    /// What a claim says.
    ///
    /// @param statedOn the last day on which it may have been said
    /// @param exchange the exchange it is about, merges not followed, or null
    /// @param agreement the agreement that it, or the total it states, is about, or null
    record Claimed(
            String claimant,
            LocalDate statedOn,
            @Nullable String exchange,
            @Nullable String agreement,
            Assertion assertion) {

        static Claimed of(Claim claim) {
            String exchange = claim.about().exchange();
            return new Claimed(
                    claim.claimant().name().intern(),
                    claim.statedOn().last(),
                    exchange == null ? null : exchange.intern(),
                    agreement(claim),
                    claim.assertion());
        }

        private static @Nullable String agreement(Claim claim) {
            if (claim.about().isConflict() && claim.assertion() instanceof Total total) {
                return total.agreement();
            }
            return claim.about().agreement();
        }
    }

    static Stated of(LoggedEvent event, Statement statement) {
        LogTime when = event.when();
        return switch (statement) {
            case Conflict conflict ->
                    new Stated(
                            when,
                            event.envelope().subject(),
                            conflict.since() == null ? null : conflict.since().last(),
                            null,
                            null);
            case Exchange exchange ->
                    new Stated(
                            when,
                            exchange.conflict(),
                            exchange.occurredOn().last(),
                            exchange,
                            null);
            case Agreement agreement ->
                    new Stated(
                            when, agreement.conflict(), agreement.concludedOn().last(), null, null);
            case Claim claim ->
                    new Stated(
                            when,
                            claim.conflict().intern(),
                            claim.statedOn().last(),
                            null,
                            Claimed.of(claim));
        };
    }

    /// The exchange that a claim is about, merges not followed, or null.
    @Nullable String about() {
        return claim == null ? null : claim.exchange;
    }
}
