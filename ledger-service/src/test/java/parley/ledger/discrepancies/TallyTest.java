package parley.ledger.discrepancies;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import parley.contract.CountStatus;
import parley.contract.Qualifier;
import parley.contract.Quantity;
import parley.ledger.discrepancies.Dispute.Saying;
import parley.ledger.discrepancies.Editions.Edition;

class TallyTest {
    private static final Set<String> BY_UKRAINE = Set.of("UA");

    @Test
    void whoComesToTheFigureOfAnotherHasMovedAndTheOtherIsFollowed() {
        var claims =
                List.of(
                        says("Moscow", "RU", 16, 1248),
                        says("Kyiv", "UA", 16, 1245),
                        says("Kyiv", "UA", 18, 1248));

        assertThat(Move.among(held(1245), claims))
                .containsExactly(new Move("Kyiv", null, day(18), 1245, 1248, List.of("Moscow")));
        assertThat(Tally.of(count(1245), held(1245), BY_UKRAINE, claims))
                .containsExactly(
                        new Tally("Moscow", "RU", 1, 1, 0, 0, 1),
                        new Tally("Kyiv", "UA", 1, 1, 1, 1, 0));
    }

    @Test
    void whoChangesToWhatNobodyHadSaidHasNotMoved() {
        var claims = List.of(says("Moscow", "RU", 16, 78), says("Moscow", "RU", 20, 79));

        assertThat(Move.among(held(77), claims)).isEmpty();
        assertThat(Move.among(held(79), claims))
                .containsExactly(new Move("Moscow", null, day(20), 78, 79, List.of()));
    }

    @Test
    void onesOwnSideIsNotTheOther() {
        var claims = List.of(says("Kyiv", "UA", 16, 10), says("Lviv", "UA", 17, 12));

        assertThat(Tally.of(count(12), held(12), BY_UKRAINE, claims))
                .containsExactly(
                        new Tally("Kyiv", "UA", 1, 0, 0, 0, 0),
                        new Tally("Lviv", "UA", 1, 0, 0, 0, 0));
        assertThat(Tally.of(count(12), held(12), Set.of("UA", "RU"), claims))
                .extracting(Tally::compared, Tally::agreed)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, 0),
                        org.assertj.core.groups.Tuple.tuple(1, 1));
    }

    @Test
    void whoSpeaksForNobodyIsHeldAgainstEveryone() {
        var claims = List.of(says("Paper", null, 16, 12), says("Kyiv", "UA", 17, 12));

        assertThat(Tally.of(count(12), held(12), BY_UKRAINE, claims).getFirst())
                .isEqualTo(new Tally("Paper", null, 1, 1, 1, 0, 0));
    }

    @Test
    void whoSaysAtLeastAgreesWithWhoSaysMore() {
        var atLeast = new Quantity(1000, CountStatus.STATED, Qualifier.AT_LEAST, null, null);
        var claims = List.of(new Saying<>("Moscow", "RU", day(16), at(16), atLeast, "claim"));

        assertThat(Tally.of(count(1245), held(1245), BY_UKRAINE, claims))
                .containsExactly(new Tally("Moscow", "RU", 1, 1, 1, 0, 0));
    }

    private static Saying<String> says(
            String claimant, @Nullable String party, int day, int count) {
        return new Saying<>(claimant, party, day(day), at(day), count(count), claimant);
    }

    @Test
    void whomTheLedgerFollowedHasNotMovedToIt() {
        var claims = List.of(says("Moscow", "RU", 16, 78), says("Moscow", "RU", 20, 79));
        var followed =
                new Editions(
                        List.of(new Edition(at(15), at(21), 78), new Edition(at(21), null, 79)));

        assertThat(Move.among(followed, claims)).isEmpty();
        assertThat(Move.among(Editions.NONE, claims)).isEmpty();
    }

    @Test
    void aSideComesToTheFigureOfTheOtherByWhoeverSpeaksForIt() {
        var claims =
                List.of(
                        says("Moscow", "RU", 16, 1248),
                        says("Kyiv", "UA", 16, 1245),
                        says("Minister", "UA", 18, 1248),
                        says("Agency", "UA", 19, 1248));

        assertThat(Move.among(held(1245), claims))
                .containsExactly(
                        new Move("Minister", "UA", day(18), 1245, 1248, List.of("Moscow")));
        assertThat(Tally.of(count(1245), held(1245), BY_UKRAINE, claims))
                .extracting(Tally::moved, Tally::followed)
                .startsWith(
                        org.assertj.core.groups.Tuple.tuple(0, 1),
                        org.assertj.core.groups.Tuple.tuple(0, 0));
    }

    private static Editions held(int count) {
        return new Editions(List.of(new Edition(at(1), null, count)));
    }

    private static Instant at(int day) {
        return day(day).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static LocalDate day(int day) {
        return LocalDate.of(2025, 6, day);
    }

    private static Quantity count(int count) {
        return new Quantity(count, CountStatus.STATED, Qualifier.EXACT, null, null);
    }
}
