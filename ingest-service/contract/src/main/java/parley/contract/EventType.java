package parley.contract;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import parley.contract.LedgerEvent.AgreementCorrected;
import parley.contract.LedgerEvent.AgreementReported;
import parley.contract.LedgerEvent.AgreementRetracted;
import parley.contract.LedgerEvent.ClaimCorrected;
import parley.contract.LedgerEvent.ClaimMade;
import parley.contract.LedgerEvent.ClaimRetracted;
import parley.contract.LedgerEvent.ConflictDefined;
import parley.contract.LedgerEvent.ExchangeCorrected;
import parley.contract.LedgerEvent.ExchangeMerged;
import parley.contract.LedgerEvent.ExchangeReported;
import parley.contract.LedgerEvent.ExchangeRetracted;

/// The `type` attribute of an event. A name, once published, never changes its meaning.
public enum EventType {
    CONFLICT_DEFINED("conflict.defined", Topic.CONFLICTS, ConflictDefined.class),
    EXCHANGE_REPORTED("exchange.reported", Topic.EXCHANGE_EVENTS, ExchangeReported.class),
    EXCHANGE_CORRECTED("exchange.corrected", Topic.EXCHANGE_EVENTS, ExchangeCorrected.class),
    EXCHANGE_RETRACTED("exchange.retracted", Topic.EXCHANGE_EVENTS, ExchangeRetracted.class),
    EXCHANGE_MERGED("exchange.merged", Topic.EXCHANGE_EVENTS, ExchangeMerged.class),
    AGREEMENT_REPORTED("agreement.reported", Topic.EXCHANGE_EVENTS, AgreementReported.class),
    AGREEMENT_CORRECTED("agreement.corrected", Topic.EXCHANGE_EVENTS, AgreementCorrected.class),
    AGREEMENT_RETRACTED("agreement.retracted", Topic.EXCHANGE_EVENTS, AgreementRetracted.class),
    CLAIM_MADE("claim.made", Topic.CLAIM_EVENTS, ClaimMade.class),
    CLAIM_CORRECTED("claim.corrected", Topic.CLAIM_EVENTS, ClaimCorrected.class),
    CLAIM_RETRACTED("claim.retracted", Topic.CLAIM_EVENTS, ClaimRetracted.class);

    private static final Map<String, EventType> BY_WIRE =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(EventType::wire, Function.identity()));

    private final String wire;
    private final Topic topic;
    private final Class<? extends LedgerEvent> event;

    EventType(String wire, Topic topic, Class<? extends LedgerEvent> event) {
        this.wire = wire;
        this.topic = topic;
        this.event = event;
    }

    /// The name as it stands in the `type` attribute.
    public String wire() {
        return wire;
    }

    /// The topic on which events of the type are kept.
    public Topic topic() {
        return topic;
    }

    Class<? extends LedgerEvent> event() {
        return event;
    }

    /// The type of that name, if the contract has it.
    public static Optional<EventType> of(String wire) {
        return Optional.ofNullable(BY_WIRE.get(wire));
    }
}
