package parley.ledger.fold;

import static net.jqwik.api.Arbitraries.frequency;
import static net.jqwik.api.Arbitraries.frequencyOf;
import static net.jqwik.api.Arbitraries.integers;
import static net.jqwik.api.Arbitraries.just;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.arbitraries.ListArbitrary;
import org.jspecify.annotations.Nullable;
import parley.contract.About;
import parley.contract.Agreement;
import parley.contract.Assertion;
import parley.contract.Assertion.Confirmation;
import parley.contract.Assertion.Denial;
import parley.contract.Authority;
import parley.contract.Category;
import parley.contract.Claim;
import parley.contract.Direction;
import parley.contract.Envelope;
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
import parley.contract.Topic;
import parley.contract.Transfer;
import parley.ledger.fold.Definitions.Definition;

/// A log of a world so small that everything in it meets: a few exchanges and claims, one of them
/// under an exchange's id, two publishers and a desk, event ids that come again, clocks that stand
/// still, and a conflict that is defined early or late, beside one that never is.
public record SmallWorld(List<LoggedEvent> log, Map<String, List<Definition>> definitions) {
    private static final List<String> EXCHANGES = List.of("x1", "x2", "x3", "x4");
    private static final List<Direction> DIRECTIONS =
            List.of(
                    new Direction("RU", "UA", Category.REMAINS),
                    new Direction("UA", "RU", Category.REMAINS),
                    new Direction("RU", "UA", Category.CIVILIAN),
                    new Direction("TR", "UA", Category.CIVILIAN),
                    new Direction("TR", "QA", Category.CIVILIAN));

    /// An event, before the log has taken it.
    private record Sent(int partition, int secondsLater, Envelope envelope, LedgerEvent content) {}

    public static Arbitrary<SmallWorld> any() {
        return any(1, 40);
    }

    /// One whose log holds so many events, and a few more that come again.
    public static Arbitrary<SmallWorld> any(int eventsMin, int eventsMax) {
        var repeats = Combinators.combine(integers().between(0, 99), integers().between(0, 99));
        return Combinators.combine(
                        sent().list().ofMinSize(eventsMin).ofMaxSize(eventsMax),
                        repeats.as(Tuple::of).list().ofMaxSize(3),
                        definings().ofMinSize(1))
                .as(
                        (sent, again, one) ->
                                new SmallWorld(
                                        taken(withRepeats(sent, again)), Map.of("one", one)));
    }

    Folded folded() {
        return CaseFold.fold(log, TestLog.known(definitions));
    }

    /// The whole log: the definitions too are events on it.
    public List<LoggedEvent> events() {
        record Defined(String conflict, Definition definition) {}

        var defined = new ArrayList<Defined>();
        definitions.forEach(
                (conflict, all) -> all.forEach(it -> defined.add(new Defined(conflict, it))));
        defined.sort(Comparator.comparing(it -> it.definition.from()));
        var events = new ArrayList<LoggedEvent>();
        for (Defined it : defined) {
            var content = new ConflictDefined(it.definition.conflict());
            events.add(
                    new LoggedEvent(
                            new Coordinates(Topic.CONFLICTS, 0, events.size()),
                            it.definition.from(),
                            TestLog.envelope(
                                    "desk",
                                    Authority.EDITOR,
                                    "d" + events.size(),
                                    it.conflict,
                                    content),
                            content));
        }
        events.addAll(log);
        return events;
    }

    /// The moments at which anything may change.
    Collection<Instant> moments() {
        var moments = new TreeSet<Instant>();
        log.forEach(event -> moments.add(event.recordedAt()));
        definitions.values().forEach(all -> all.forEach(it -> moments.add(it.from())));
        return moments;
    }

    /// What the log held at that moment.
    SmallWorld at(Instant moment) {
        var then = new HashMap<>(definitions);
        then.replaceAll((_, all) -> all.stream().filter(it -> !it.from().isAfter(moment)).toList());
        then.values().removeIf(List::isEmpty);
        return new SmallWorld(where(it -> !it.recordedAt().isAfter(moment)).log, then);
    }

    SmallWorld where(Predicate<LoggedEvent> wanted) {
        return new SmallWorld(log.stream().filter(wanted).toList(), definitions);
    }

    @Override
    public String toString() {
        return "%n%s%n%s%n"
                .formatted(
                        log.stream()
                                .sorted(LoggedEvent.LOG_ORDER)
                                .map(Object::toString)
                                .collect(Collectors.joining("\n")),
                        definitions);
    }

    private static List<Sent> withRepeats(List<Sent> sent, List<Tuple2<Integer, Integer>> repeats) {
        var all = new ArrayList<>(sent);
        for (var repeat : repeats) {
            all.add(repeat.get2() % all.size(), all.get(repeat.get1() % all.size()));
        }
        return all;
    }

    /// Each partition has a clock of its own, which may stand still but never goes back.
    private static List<LoggedEvent> taken(List<Sent> sent) {
        var clocks = new HashMap<Object, Instant>();
        var log = new ArrayList<LoggedEvent>();
        for (Sent event : sent) {
            var at = new Coordinates(event.envelope.type().topic(), event.partition, log.size());
            Instant moment =
                    clocks.merge(
                            List.of(at.topic(), at.partition()),
                            TestLog.START.plusSeconds(event.secondsLater),
                            (before, _) -> before.plusSeconds(event.secondsLater));
            log.add(new LoggedEvent(at, moment, event.envelope, event.content));
        }
        return log;
    }

    private static ListArbitrary<Definition> definings() {
        var conflicts =
                Arbitraries.of(
                        TestLog.conflict(TestLog.side("RU"), TestLog.side("UA")),
                        TestLog.conflict(
                                TestLog.side("RU"),
                                TestLog.side("UA"),
                                TestLog.third("TR"),
                                TestLog.third("QA")),
                        TestLog.conflict(TestLog.side("TR"), TestLog.side("UA")));
        var seconds = frequencyOf(Tuple.of(2, just(0)), Tuple.of(1, integers().between(0, 12)));
        return Combinators.combine(seconds, conflicts)
                .as((second, it) -> new Definition(TestLog.START.plusSeconds(second), it))
                .list()
                .ofMaxSize(3);
    }

    private static Arbitrary<Sent> sent() {
        var contents =
                frequencyOf(
                        Tuple.of(10, to(EXCHANGES, exchangeEvents())),
                        Tuple.of(10, to(List.of("k1", "k2", "k3", "x1"), claimEvents())),
                        Tuple.of(1, to(List.of("x3"), agreementEvents())));
        var senders =
                Arbitraries.of(
                        Tuple.of("north", Authority.PUBLISHER),
                        Tuple.of("south", Authority.PUBLISHER),
                        Tuple.of("desk", Authority.EDITOR),
                        Tuple.of("desk", Authority.EDITOR));
        return Combinators.combine(
                        integers().between(0, 1),
                        integers().between(0, 2),
                        senders,
                        integers().between(1, 9),
                        contents)
                .as(
                        (partition, seconds, sender, id, content) ->
                                new Sent(
                                        partition,
                                        seconds,
                                        TestLog.envelope(
                                                sender.get1(),
                                                sender.get2(),
                                                "e" + id,
                                                content.get1(),
                                                content.get2()),
                                        content.get2()));
    }

    private static Arbitrary<Tuple2<String, LedgerEvent>> to(
            List<String> subjects, Arbitrary<LedgerEvent> events) {
        return Combinators.combine(Arbitraries.of(subjects), events).as(Tuple::of);
    }

    private static Arbitrary<LedgerEvent> exchangeEvents() {
        return frequencyOf(
                Tuple.of(4, exchanges().map(ExchangeReported::new)),
                Tuple.of(3, exchanges().map(it -> new ExchangeCorrected("recounted", it))),
                Tuple.of(1, just(new ExchangeRetracted("untrue"))),
                Tuple.of(
                        5,
                        Arbitraries.of(EXCHANGES).map(it -> new ExchangeMerged(it, "the same"))));
    }

    private static Arbitrary<LedgerEvent> claimEvents() {
        return frequencyOf(
                Tuple.of(5, claims().map(ClaimMade::new)),
                Tuple.of(3, claims().map(it -> new ClaimCorrected("misheard", it))),
                Tuple.of(1, just(new ClaimRetracted("unsaid"))));
    }

    private static Arbitrary<LedgerEvent> agreementEvents() {
        Agreement agreement = TestLog.agreement("one", "2025-06-02", DIRECTIONS.getFirst(), 6000);
        return Arbitraries.of(
                new AgreementReported(agreement),
                new AgreementCorrected("recounted", agreement),
                new AgreementRetracted("untrue"));
    }

    private static Arbitrary<Exchange> exchanges() {
        return Combinators.combine(
                        conflicts(),
                        days(),
                        Arbitraries.of("deal", "other-deal").injectNull(0.3),
                        transfers()
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(3)
                                .uniqueElements(Transfer::direction))
                .as(
                        (conflict, day, agreement, transfers) ->
                                TestLog.exchange(
                                        conflict,
                                        day,
                                        agreement,
                                        transfers.toArray(Transfer[]::new)));
    }

    private static Arbitrary<Transfer> transfers() {
        return Combinators.combine(directions(), counts(), margins(), margins())
                .as(
                        (direction, count, below, above) ->
                                TestLog.transfer(
                                        direction,
                                        count,
                                        below == null ? null : Math.max(0, base(count) - below),
                                        above == null ? null : base(count) + above,
                                        below == null ? null : "a-deal"));
    }

    private static Arbitrary<Claim> claims() {
        var abouts =
                frequencyOf(
                        Tuple.of(9, Arbitraries.of(EXCHANGES).map(it -> new About(it, null))),
                        Tuple.of(1, just(new About(null, "x3"))));
        return Combinators.combine(
                        conflicts(),
                        Arbitraries.of("Ann", "Ben", "Cid"),
                        days(),
                        abouts,
                        assertions())
                .as(TestLog::claim);
    }

    private static Arbitrary<Assertion> assertions() {
        var counts =
                Combinators.combine(directions(), counts(), margins(), margins())
                        .as(
                                (direction, count, below, above) ->
                                        (Assertion)
                                                TestLog.count(
                                                        direction,
                                                        count,
                                                        below == null
                                                                ? null
                                                                : Math.max(0, base(count) - below),
                                                        above == null
                                                                ? null
                                                                : base(count) + above));
        return frequencyOf(
                Tuple.of(5, counts),
                Tuple.of(3, Combinators.combine(directions(), counts()).as(TestLog::misidentified)),
                Tuple.of(
                        3,
                        Combinators.combine(Arbitraries.of("k1", "k2").injectNull(0.8), counts())
                                .as(Denial::new)),
                Tuple.of(1, just(new Confirmation(null))),
                Tuple.of(1, just(new Assertion.Statement())));
    }

    private static Arbitrary<String> conflicts() {
        return frequency(Tuple.of(6, "one"), Tuple.of(1, "nowhere"));
    }

    private static Arbitrary<String> days() {
        return Arbitraries.of(
                "2025-07", "2025-07-16", "2025-07-17", "2025-07-31", "2025-07-01/2025-07-17");
    }

    private static Arbitrary<Direction> directions() {
        return frequency(
                Tuple.of(8, DIRECTIONS.get(0)),
                Tuple.of(4, DIRECTIONS.get(1)),
                Tuple.of(2, DIRECTIONS.get(2)),
                Tuple.of(2, DIRECTIONS.get(3)),
                Tuple.of(1, DIRECTIONS.get(4)));
    }

    private static Arbitrary<@Nullable Integer> counts() {
        return Arbitraries.of(0, 1, 5, 10, 19, 20, 1000).injectNull(0.2);
    }

    private static Arbitrary<@Nullable Integer> margins() {
        return Arbitraries.of(0, 3).injectNull(0.8);
    }

    private static int base(@Nullable Integer count) {
        return count == null ? 10 : count;
    }
}
