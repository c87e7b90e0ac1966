package parley.bench.fold;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import parley.contract.Assertion;
import parley.contract.Claim;
import parley.contract.Direction;
import parley.contract.EventCodec;
import parley.contract.EventType;
import parley.contract.Exchange;
import parley.contract.LedgerEvent;
import parley.contract.Quantity;
import parley.contract.UnreadableEventException;

/// An event of a generated log, as far as it bears on the totals.
public sealed interface Said {
    /// The exchange that it is about.
    String exchange();

    /// An exchange is stated, for the first time or anew.
    record Stated(String exchange, String conflict, Sender sender, boolean isFirst, List<Leg> legs)
            implements Said {
        public Stated {
            legs = List.copyOf(legs);
        }
    }

    /// What was stated no longer stands.
    record Retracted(String exchange, Sender sender) implements Said {}

    /// Somebody said something about an exchange.
    ///
    /// @param about the transfer that it concerns; null: every one
    /// @param disputes whether it disputes rather than counts
    record Claimed(
            String exchange,
            String claimant,
            @Nullable Direction about,
            boolean disputes,
            Reading reading)
            implements Said {}

    /// Who sent it, and whether as an editor.
    record Sender(String source, boolean isEditor) {}

    /// Where the log has it.
    record At(long recordedAt, int partition, long offset) {}

    /// Reads a record; null where it does not bear on the totals.
    static @Nullable Said of(ConsumerRecord<String, byte[]> record) {
        var at = new At(record.timestamp(), record.partition(), record.offset());
        return of(record.key(), record.headers(), record.value(), at);
    }

    /// Reads a record; null where it does not bear on the totals.
    static @Nullable Said of(String subject, Headers headers, byte[] value, At at) {
        EventType type = EventType.of(header(headers, "ce_type")).orElseThrow();
        var sender =
                new Sender(
                        header(headers, "ce_source"),
                        header(headers, "ce_authority").equals("editor"));
        return switch (read(type, value)) {
            case LedgerEvent.ExchangeReported(Exchange exchange) ->
                    stated(subject, exchange, sender, true);
            case LedgerEvent.ExchangeCorrected(_, Exchange exchange) ->
                    stated(subject, exchange, sender, false);
            case LedgerEvent.ExchangeRetracted _ -> new Retracted(subject, sender);
            case LedgerEvent.ClaimMade(Claim claim) -> claimed(claim, at);
            case LedgerEvent.ConflictDefined _ -> null;
            case LedgerEvent.ExchangeMerged _,
                    LedgerEvent.AgreementReported _,
                    LedgerEvent.AgreementCorrected _,
                    LedgerEvent.AgreementRetracted _,
                    LedgerEvent.ClaimCorrected _,
                    LedgerEvent.ClaimRetracted _ ->
                    throw new IllegalArgumentException("A generated log has no " + type.wire());
        };
    }

    private static LedgerEvent read(EventType type, byte[] value) {
        try {
            return EventCodec.read(type, value);
        } catch (UnreadableEventException unreadable) {
            throw new IllegalArgumentException("A generated log is readable", unreadable);
        }
    }

    private static Stated stated(
            String subject, Exchange exchange, Sender sender, boolean isFirst) {
        return new Stated(
                subject,
                exchange.conflict(),
                sender,
                isFirst,
                exchange.transfers().stream().map(Leg::of).toList());
    }

    private static @Nullable Claimed claimed(Claim claim, At at) {
        String about = claim.about().exchange();
        if (about == null) {
            return null;
        }
        return switch (claim.assertion()) {
            case Assertion.Count count ->
                    claimed(
                            claim,
                            at,
                            about,
                            count.direction(),
                            false,
                            Leg.named(count.quantity()));
            case Assertion.Misidentified some ->
                    claimed(claim, at, about, some.direction(), true, whole(some.count()));
            case Assertion.Denial denial when denial.claim() == null ->
                    claimed(claim, at, about, null, true, whole(denial.count()));
            case Assertion.Denial _,
                    Assertion.Total _,
                    Assertion.Confirmation _,
                    Assertion.Statement _ ->
                    null;
        };
    }

    private static Claimed claimed(
            Claim claim,
            At at,
            String exchange,
            @Nullable Direction about,
            boolean disputes,
            int[] named) {
        return new Claimed(
                exchange,
                claim.claimant().name(),
                about,
                disputes,
                new Reading(
                        claim.statedOn().last().toEpochDay(),
                        at.recordedAt(),
                        at.partition(),
                        at.offset(),
                        Leg.low(named),
                        Leg.high(named)));
    }

    /// Without a count it is the whole transfer, however large.
    private static int[] whole(@Nullable Integer count) {
        return new int[] {count == null ? Quantity.COUNT_MAX : count};
    }

    private static String header(Headers headers, String name) {
        return new String(
                Objects.requireNonNull(headers.lastHeader(name), name).value(),
                StandardCharsets.UTF_8);
    }
}
