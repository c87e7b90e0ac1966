package parley.ledger.fold;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import parley.contract.Claim;
import parley.contract.LedgerEvent.ExchangeMerged;
import parley.contract.Topic;

/// What holds for every log. A failure prints its seed, and the log after shrinking.
@PropertyDefaults(tries = 1000, edgeCases = EdgeCasesMode.NONE)
class CaseFoldProperties {
    private static final List<LocalDate> DAYS =
            List.of(LocalDate.parse("2025-07-16"), LocalDate.parse("2025-07-31"));

    private static final int TOGETHER_MAX = 8;

    @Provide
    Arbitrary<SmallWorld> worlds() {
        return SmallWorld.any();
    }

    @Provide
    Arbitrary<SmallWorld> longWorlds() {
        return SmallWorld.any(10, 80);
    }

    @Property
    void theOrderOfReadingDoesNotMatter(@ForAll("worlds") SmallWorld world, @ForAll long seed) {
        var shuffled = new ArrayList<>(world.log());
        Collections.shuffle(shuffled, new Random(seed));

        Folded folded = new SmallWorld(shuffled, world.definitions()).folded();

        assertThat(folded).isEqualTo(world.folded());
    }

    @Property
    void aCaseThatIsFoldedOnAsItsEventsComeAmountsToTheSame(
            @ForAll("longWorlds") SmallWorld world, @ForAll long seed) {
        var random = new Random(seed);
        Definitions definitions = TestLog.known(world.definitions());
        var inOrder = world.log().stream().sorted(LoggedEvent.LOG_ORDER).toList();
        var books = new HashSet<Known<?>>();
        var fold = new CaseFold();
        boolean isSetAside = false;
        for (int from = 0, to; from < inOrder.size(); from = to) {
            to = Math.min(from + 1 + random.nextInt(TOGETHER_MAX), inOrder.size());
            var held = inOrder.subList(0, from);
            var added = inOrder.subList(from, to);
            boolean isKnown =
                    !isSetAside
                            || (!isToldAgain(added, held)
                                    && fold.recall(claimedBefore(added, held), definitions));
            if (!isKnown || !fold.goOn(added, definitions)) {
                fold = CaseFold.of(inOrder.subList(0, to), definitions);
                books.clear();
                isSetAside = false;
            }
            CaseFold.Step step = fold.step();
            assertThat(books).containsAll(lines(step.was()));
            lines(step.was()).forEach(books::remove);
            books.addAll(lines(step.is()));
            if (random.nextBoolean()) {
                fold.layBy();
            }
            isSetAside |= random.nextInt(3) > 0;
            if (isSetAside) {
                fold.setAside();
            }
        }

        assertThat(fold.size()).isEqualTo(inOrder.size());
        assertThat(books).containsExactlyInAnyOrderElementsOf(lines(world.folded()));
    }

    private static boolean isToldAgain(List<LoggedEvent> added, List<LoggedEvent> held) {
        return added.stream()
                .filter(it -> it.at().topic() != Topic.CLAIM_EVENTS)
                .anyMatch(it -> held.stream().anyMatch(other -> other.name().equals(it.name())));
    }

    /// What was said so far about what claims are added about.
    private static List<LoggedEvent> claimedBefore(
            List<LoggedEvent> added, List<LoggedEvent> held) {
        Set<String> claims =
                added.stream()
                        .filter(it -> it.at().topic() == Topic.CLAIM_EVENTS)
                        .map(CaseFoldProperties::subject)
                        .collect(Collectors.toSet());
        return held.stream().filter(it -> claims.contains(subject(it))).toList();
    }

    private static List<Known<?>> lines(Folded folded) {
        return Stream.<List<? extends Known<?>>>of(
                        folded.entries(), folded.editions(), folded.judged())
                .<Known<?>>flatMap(List::stream)
                .toList();
    }

    @Property
    void theTotalsAreThoseOfTheReferenceModelByBothClocks(@ForAll("worlds") SmallWorld world) {
        for (Instant moment : world.moments()) {
            List<Entry> entries = current(world.at(moment).folded().entries());

            for (LocalDate day : DAYS) {
                var totals = new PartyTotals();
                for (Entry it : entries) {
                    if (!it.validOn().isAfter(day)) {
                        totals.post(it.conflict(), it.exchange(), it.direction(), it.figure());
                    }
                }
                assertThat(totals)
                        .as("as of %s, known at %s", day, moment)
                        .isEqualTo(ReferenceModel.totals(world.events(), day, moment));
            }
        }
    }

    @Property
    void whatWasKnownAtAMomentIsWhatTheLogThenHeld(@ForAll("worlds") SmallWorld world) {
        Folded all = world.folded();

        for (Instant moment : world.moments()) {
            Folded then = world.at(moment).folded();

            assertThat(known(all.entries(), moment))
                    .as("entries at %s", moment)
                    .containsExactlyInAnyOrderElementsOf(then.entries());
            assertThat(known(all.editions(), moment))
                    .as("editions at %s", moment)
                    .containsExactlyInAnyOrderElementsOf(then.editions());
            assertThat(known(all.judged(), moment))
                    .as("outcomes at %s", moment)
                    .containsExactlyInAnyOrderElementsOf(then.judged());
        }
    }

    @Property
    void everyEventHasOneOutcome(@ForAll("worlds") SmallWorld world) {
        Folded folded = world.folded();

        assertThat(folded.outcomes().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        world.log().stream().map(LoggedEvent::at).toList());
    }

    @Property
    void whatIsRejectedOrADuplicateMightAsWellNotBeThere(@ForAll("worlds") SmallWorld world) {
        Folded folded = world.folded();

        Folded applied =
                world.where(it -> folded.outcomes().get(it.at()) instanceof Outcome.Applied)
                        .folded();

        assertThat(current(applied.entries()))
                .containsExactlyInAnyOrderElementsOf(current(folded.entries()));
        assertThat(current(applied.editions()))
                .containsExactlyInAnyOrderElementsOf(current(folded.editions()));
    }

    @Property
    void oneThingIsSaidAtATime(@ForAll("worlds") SmallWorld world) {
        Folded folded = world.folded();

        assertFollowing(folded.entries(), Entry::key);
        assertFollowing(folded.editions(), Edition::key);
        assertFollowing(folded.judged(), Judged::at);
    }

    @Property
    void anEventThatComesAgainChangesNothing(
            @ForAll("worlds") SmallWorld world, @ForAll long seed) {
        Folded once = world.folded();
        Instant end = Collections.max(world.moments());
        var log = new ArrayList<>(world.log());
        Collections.shuffle(log, new Random(seed));
        for (LoggedEvent event : List.copyOf(log)) {
            var at = new Coordinates(event.at().topic(), event.at().partition(), log.size());
            log.add(new LoggedEvent(at, end, event.envelope(), event.content()));
        }

        Folded twice = new SmallWorld(log, world.definitions()).folded();

        assertThat(twice.entries()).isEqualTo(once.entries());
        assertThat(twice.editions()).isEqualTo(once.editions());
        assertThat(twice.outcomes()).containsAllEntriesOf(once.outcomes());
    }

    @Property
    void whatIsNotTiedTogetherIsFoldedApart(@ForAll("worlds") SmallWorld world) {
        var entries = new ArrayList<Known<Entry>>();
        var editions = new ArrayList<Known<Edition>>();
        var judged = new ArrayList<Known<Judged>>();

        for (Set<String> subjects : cases(world.log())) {
            Folded apart = world.where(it -> subjects.contains(subject(it))).folded();
            entries.addAll(apart.entries());
            editions.addAll(apart.editions());
            judged.addAll(apart.judged());
        }

        Folded together = world.folded();
        assertThat(entries).containsExactlyInAnyOrderElementsOf(together.entries());
        assertThat(editions).containsExactlyInAnyOrderElementsOf(together.editions());
        assertThat(judged).containsExactlyInAnyOrderElementsOf(together.judged());
    }

    private static <T> List<T> current(List<Known<T>> all) {
        return all.stream().filter(Known::isCurrent).map(Known::value).toList();
    }

    /// What the log said by a moment, as one would have seen it then.
    private static <T> List<Known<T>> known(List<Known<T>> all, Instant moment) {
        return all.stream()
                .filter(it -> !it.from().isAfter(moment))
                .map(
                        it ->
                                it.to() == null || it.to().isAfter(moment)
                                        ? new Known<>(it.value(), it.from(), null)
                                        : it)
                .toList();
    }

    private static <T> void assertFollowing(List<Known<T>> all, Function<T, ?> key) {
        Map<?, List<Known<T>>> byKey =
                all.stream().collect(Collectors.groupingBy(it -> key.apply(it.value())));
        for (List<Known<T>> intervals : byKey.values()) {
            Instant last = Instant.MIN;
            for (Known<T> interval : intervals.stream().sorted(comparing(Known::from)).toList()) {
                Instant to = interval.to() == null ? Instant.MAX : interval.to();
                assertThat(interval.from()).isAfterOrEqualTo(last).isBefore(to);
                last = to;
            }
        }
    }

    /// The subjects that belong together, through merges and through what claims are about.
    private static Collection<Set<String>> cases(List<LoggedEvent> log) {
        var cases = new HashMap<String, Set<String>>();
        for (LoggedEvent event : log) {
            var joined = new HashSet<String>();
            tied(event).forEach(it -> joined.addAll(cases.getOrDefault(it, Set.of(it))));
            joined.forEach(it -> cases.put(it, joined));
        }
        return new HashSet<>(cases.values());
    }

    private static Stream<String> tied(LoggedEvent event) {
        String other =
                event.content() instanceof ExchangeMerged(String into, _)
                        ? into
                        : event.content().statement() instanceof Claim claim
                                ? claim.about().exchange()
                                : null;
        return Stream.of(subject(event), other == null ? subject(event) : other);
    }

    private static String subject(LoggedEvent event) {
        return event.envelope().subject();
    }
}
