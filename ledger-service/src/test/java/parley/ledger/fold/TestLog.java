package parley.ledger.fold;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parley.contract.About;
import parley.contract.Agreement;
import parley.contract.Assertion;
import parley.contract.Authority;
import parley.contract.Category;
import parley.contract.Claim;
import parley.contract.Claimant;
import parley.contract.Commitment;
import parley.contract.Conflict;
import parley.contract.CountStatus;
import parley.contract.Direction;
import parley.contract.EdtfDate;
import parley.contract.Envelope;
import parley.contract.EventType;
import parley.contract.Exchange;
import parley.contract.LedgerEvent;
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
import parley.contract.Party;
import parley.contract.Role;
import parley.contract.Source;
import parley.contract.Transfer;
import parley.ledger.fold.Definitions.Definition;

/// A log written by hand: each record is taken a minute after the one before.
final class TestLog {
    static final Instant START = Instant.parse("2025-07-17T12:00:00Z");
    static final String CONFLICT = "ru-ua";
    static final Direction RU_UA = new Direction("RU", "UA", Category.REMAINS);
    static final Direction UA_RU = new Direction("UA", "RU", Category.REMAINS);

    private static final List<Source> SOURCES =
            List.of(new Source("Title", "Agency", "https://example.org", null));

    private final List<LoggedEvent> events = new ArrayList<>();
    private final Map<String, List<Definition>> definitions = new HashMap<>();
    private long minutes;

    /// A log on which the conflict is defined already.
    static TestLog ofConflict() {
        var log = new TestLog();
        log.defines(CONFLICT, side("RU"), side("UA"));
        return log;
    }

    void defines(String conflict, Party... parties) {
        definitions
                .computeIfAbsent(conflict, _ -> new ArrayList<>())
                .add(new Definition(tick(), conflict(parties)));
    }

    Sender publisher(String name) {
        return new Sender(name, Authority.PUBLISHER, null);
    }

    Sender editor() {
        return new Sender("desk", Authority.EDITOR, null);
    }

    /// The record again, as a producer sends it that missed the acknowledgement.
    LoggedEvent again(LoggedEvent event) {
        return append(event.envelope(), event.content());
    }

    Folded folded() {
        return CaseFold.fold(events, definitions());
    }

    Definitions definitions() {
        return known(definitions);
    }

    static Definitions known(Map<String, List<Definition>> definitions) {
        var known = Definitions.NONE;
        for (var conflict : definitions.entrySet()) {
            known = known.with(conflict.getKey(), conflict.getValue());
        }
        return known;
    }

    Outcome outcome(LoggedEvent event) {
        return Objects.requireNonNull(folded().outcomes().get(event.at()));
    }

    /// What became of the event, and when that held.
    List<Known<Outcome>> history(LoggedEvent event) {
        return folded().judged().stream()
                .filter(known -> known.value().at().equals(event.at()))
                .map(known -> new Known<>(known.value().outcome(), known.from(), known.to()))
                .toList();
    }

    List<Entry> entries() {
        return folded().entries().stream().filter(Known::isCurrent).map(Known::value).toList();
    }

    Map<Direction, Figure> totals() {
        return entries().stream()
                .collect(Collectors.toMap(Entry::direction, Entry::figure, Figure::plus));
    }

    Figure total(Direction direction) {
        return totals().getOrDefault(direction, Figure.NONE);
    }

    /// The total as it stood when the log took the event.
    Figure totalAt(LoggedEvent event, Direction direction) {
        Instant moment = event.recordedAt();
        return folded().entries().stream()
                .filter(known -> !known.from().isAfter(moment))
                .filter(known -> known.to() == null || known.to().isAfter(moment))
                .map(Known::value)
                .filter(entry -> entry.direction().equals(direction))
                .map(Entry::figure)
                .reduce(Figure.NONE, Figure::plus);
    }

    /// What is held now of an exchange, an agreement or a claim.
    Edition edition(Kind kind, String subject) {
        return folded().editions().stream()
                .filter(Known::isCurrent)
                .map(Known::value)
                .filter(it -> it.kind() == kind && it.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    private Instant tick() {
        return START.plus(Duration.ofMinutes(++minutes));
    }

    private LoggedEvent append(Envelope envelope, LedgerEvent content) {
        var event =
                new LoggedEvent(
                        new Coordinates(envelope.type().topic(), 0, events.size()),
                        tick(),
                        envelope,
                        content);
        events.add(event);
        return event;
    }

    /// Who sends an event, and under which id; null gives each a new one.
    final class Sender {
        private final String name;
        private final Authority authority;
        private final @Nullable String id;

        private Sender(String name, Authority authority, @Nullable String id) {
            this.name = name;
            this.authority = authority;
            this.id = id;
        }

        Sender underKey(String key) {
            return new Sender(name, authority, key);
        }

        LoggedEvent reports(String exchange, Exchange statement) {
            return send(exchange, new ExchangeReported(statement));
        }

        LoggedEvent corrects(String exchange, Exchange statement) {
            return send(exchange, new ExchangeCorrected("recounted", statement));
        }

        LoggedEvent retracts(String exchange) {
            return send(exchange, new ExchangeRetracted("it did not take place"));
        }

        LoggedEvent merges(String exchange, String into) {
            return send(exchange, new ExchangeMerged(into, "the same handover"));
        }

        LoggedEvent records(String claim, Claim statement) {
            return send(claim, new ClaimMade(statement));
        }

        LoggedEvent correctsClaim(String claim, Claim statement) {
            return send(claim, new ClaimCorrected("misheard", statement));
        }

        LoggedEvent retractsClaim(String claim) {
            return send(claim, new ClaimRetracted("it was not said"));
        }

        LoggedEvent send(String subject, LedgerEvent content) {
            String key = id == null ? "event-" + events.size() : id;
            return append(envelope(name, authority, key, subject, content), content);
        }
    }

    static Envelope envelope(
            String publisher, Authority authority, String id, String subject, LedgerEvent event) {
        return new Envelope(
                id, Envelope.PUBLISHERS + publisher, type(event), subject, START, authority);
    }

    private static EventType type(LedgerEvent event) {
        return switch (event) {
            case ConflictDefined _ -> EventType.CONFLICT_DEFINED;
            case ExchangeReported _ -> EventType.EXCHANGE_REPORTED;
            case ExchangeCorrected _ -> EventType.EXCHANGE_CORRECTED;
            case ExchangeRetracted _ -> EventType.EXCHANGE_RETRACTED;
            case ExchangeMerged _ -> EventType.EXCHANGE_MERGED;
            case AgreementReported _ -> EventType.AGREEMENT_REPORTED;
            case AgreementCorrected _ -> EventType.AGREEMENT_CORRECTED;
            case AgreementRetracted _ -> EventType.AGREEMENT_RETRACTED;
            case ClaimMade _ -> EventType.CLAIM_MADE;
            case ClaimCorrected _ -> EventType.CLAIM_CORRECTED;
            case ClaimRetracted _ -> EventType.CLAIM_RETRACTED;
        };
    }

    static Conflict conflict(Party... parties) {
        return new Conflict("Conflict", null, List.of(parties));
    }

    static Party side(String code) {
        return new Party(code, code, Role.SIDE);
    }

    static Party third(String code) {
        return new Party(code, code, Role.THIRD);
    }

    static Exchange exchange(String day, Transfer... transfers) {
        return exchange(CONFLICT, day, null, transfers);
    }

    static Exchange exchange(
            String conflict, String day, @Nullable String agreement, Transfer... transfers) {
        return new Exchange(
                conflict,
                EdtfDate.parse(day),
                null,
                agreement,
                List.of(),
                Arrays.asList(transfers),
                null,
                SOURCES);
    }

    static Transfer transfer(Direction direction, int count) {
        return transfer(direction, count, null, null, null);
    }

    static Transfer withheld(Direction direction) {
        return transfer(direction, null, null, null, null);
    }

    static Transfer transfer(
            Direction direction,
            @Nullable Integer count,
            @Nullable Integer low,
            @Nullable Integer high,
            @Nullable String agreement) {
        return new Transfer(
                direction.from(),
                direction.to(),
                direction.category(),
                count,
                count == null ? CountStatus.WITHHELD : null,
                null,
                low,
                high,
                List.of(),
                null,
                agreement);
    }

    static Agreement agreement(String conflict, String day, Direction direction, int count) {
        var commitment =
                new Commitment(
                        direction.from(),
                        direction.to(),
                        direction.category(),
                        count,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        null);
        return new Agreement(
                conflict,
                "Title",
                EdtfDate.parse(day),
                null,
                List.of(),
                List.of(commitment),
                null,
                SOURCES);
    }

    /// What a claimant says of an exchange.
    static Claim claim(String claimant, String day, String exchange, Assertion assertion) {
        return claim(CONFLICT, claimant, day, new About(exchange, null), assertion);
    }

    static Claim claim(
            String conflict, String claimant, String day, About about, Assertion assertion) {
        return new Claim(
                conflict,
                EdtfDate.parse(day),
                new Claimant(claimant, null, null),
                about,
                assertion,
                null,
                null,
                List.of(),
                SOURCES);
    }

    static Assertion.Count count(Direction direction, int count) {
        return count(direction, count, null, null);
    }

    static Assertion.Count count(
            Direction direction,
            @Nullable Integer count,
            @Nullable Integer low,
            @Nullable Integer high) {
        return new Assertion.Count(
                direction.from(),
                direction.to(),
                direction.category(),
                count,
                count == null ? CountStatus.UNKNOWN : null,
                null,
                low,
                high);
    }

    static Assertion.Misidentified misidentified(Direction direction, @Nullable Integer count) {
        return new Assertion.Misidentified(
                direction.from(), direction.to(), direction.category(), count);
    }
}
