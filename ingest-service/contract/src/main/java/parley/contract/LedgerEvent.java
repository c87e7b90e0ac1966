package parley.contract;

import static parley.contract.Required.id;
import static parley.contract.Required.present;

import org.jspecify.annotations.Nullable;

/// What can happen. Its name on the wire is that of its [EventType], never that of the class.
public sealed interface LedgerEvent {

    /// The statement that it makes or makes anew; null where it only says what becomes of one.
    default @Nullable Statement statement() {
        return switch (this) {
            case ConflictDefined(Conflict conflict) -> conflict;
            case ExchangeReported(Exchange exchange) -> exchange;
            case ExchangeCorrected(_, Exchange exchange) -> exchange;
            case AgreementReported(Agreement agreement) -> agreement;
            case AgreementCorrected(_, Agreement agreement) -> agreement;
            case ClaimMade(Claim claim) -> claim;
            case ClaimCorrected(_, Claim claim) -> claim;
            case ExchangeRetracted _, ExchangeMerged _, AgreementRetracted _, ClaimRetracted _ ->
                    null;
        };
    }

    /// Why it was sent; null where it states something for the first time.
    default @Nullable String reason() {
        return switch (this) {
            case ExchangeCorrected(String reason, _) -> reason;
            case ExchangeRetracted(String reason) -> reason;
            case ExchangeMerged(_, String reason) -> reason;
            case AgreementCorrected(String reason, _) -> reason;
            case AgreementRetracted(String reason) -> reason;
            case ClaimCorrected(String reason, _) -> reason;
            case ClaimRetracted(String reason) -> reason;
            case ConflictDefined _, ExchangeReported _, AgreementReported _, ClaimMade _ -> null;
        };
    }

    /// A conflict has these parties from now on.
    record ConflictDefined(Conflict conflict) implements LedgerEvent {}

    /// An exchange is stated for the first time.
    record ExchangeReported(Exchange exchange) implements LedgerEvent {}

    /// An exchange is stated anew, as a whole.
    record ExchangeCorrected(String reason, Exchange exchange) implements LedgerEvent {
        public ExchangeCorrected {
            present(reason, "reason");
            present(exchange, "exchange");
        }
    }

    /// What was stated of the exchange no longer stands.
    record ExchangeRetracted(String reason) implements LedgerEvent {
        public ExchangeRetracted {
            present(reason, "reason");
        }
    }

    /// The exchange is the same handover as `into`.
    record ExchangeMerged(String into, String reason) implements LedgerEvent {
        public ExchangeMerged {
            id(into, "into");
            present(reason, "reason");
        }
    }

    /// An agreement is stated for the first time.
    record AgreementReported(Agreement agreement) implements LedgerEvent {}

    /// An agreement is stated anew, as a whole.
    record AgreementCorrected(String reason, Agreement agreement) implements LedgerEvent {
        public AgreementCorrected {
            present(reason, "reason");
            present(agreement, "agreement");
        }
    }

    /// What was stated of the agreement no longer stands.
    record AgreementRetracted(String reason) implements LedgerEvent {
        public AgreementRetracted {
            present(reason, "reason");
        }
    }

    /// A claim is recorded for the first time.
    record ClaimMade(Claim claim) implements LedgerEvent {}

    /// A claim is recorded anew, as a whole.
    record ClaimCorrected(String reason, Claim claim) implements LedgerEvent {
        public ClaimCorrected {
            present(reason, "reason");
            present(claim, "claim");
        }
    }

    /// The claim no longer stands.
    record ClaimRetracted(String reason) implements LedgerEvent {
        public ClaimRetracted {
            present(reason, "reason");
        }
    }
}
