package parley.ledger.discrepancies;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import parley.contract.CountStatus;
import parley.contract.Qualifier;
import parley.contract.Quantity;
import parley.ledger.discrepancies.Dispute.Saying;

class DisputeTest {
    private static final Quantity SECRET =
            new Quantity(null, CountStatus.WITHHELD, Qualifier.EXACT, null, null);

    @Test
    void whoeverNamesAnotherCountOpensIt() {
        var claims = List.of(says("Ann", 18, 1000), says("Ben", 19, 1003), says("Cid", 20, 990));

        assertThat(among(count(1000), claims)).contains("Ann 18, Ben 19, Cid 20: 13 since 19");
    }

    @Test
    void thereIsNoneWhereAllSayTheSameOrNothing() {
        assertThat(among(count(1000), List.of(says("Ann", 18, 1000)))).isEmpty();
        assertThat(among(count(1000), List.of(says("Ann", 18, SECRET)))).isEmpty();
        assertThat(among(SECRET, List.of(says("Ann", 18, 12)))).isEmpty();
        assertThat(among(count(1000), List.of())).isEmpty();
    }

    @Test
    void theLedgersOwnUncertaintyIsNone() {
        assertThat(among(between(990, 1000, 1010), List.of(says("Ann", 18, 1000)))).isEmpty();
        assertThat(among(between(990, 1000, 1010), List.of())).isEmpty();
    }

    @Test
    void claimantsDifferWhereTheLedgerKnowsNothing() {
        var claims = List.of(says("Ann", 18, 12), says("Ben", 19, 15));

        assertThat(among(SECRET, claims)).contains("Ann 18, Ben 19: 3 since 19");
    }

    @Test
    void aRangeWithoutACountDiffersFromWhatLiesOutsideIt() {
        var range = says("Ann", 18, between(10, null, 20));

        assertThat(among(count(15), List.of(range))).isEmpty();
        assertThat(among(count(21), List.of(range))).contains("Ann 18: 11 since 18");
    }

    @Test
    void whoSaysAtLeastOrAtMostOrAboutDiffersOnlyFromWhatThatRulesOut() {
        assertThat(among(count(1245), List.of(says("Ann", 18, some(Qualifier.AT_LEAST, 1000)))))
                .isEmpty();
        assertThat(among(count(999), List.of(says("Ann", 18, some(Qualifier.AT_LEAST, 1000)))))
                .contains("Ann 18: 1 since 18");
        assertThat(among(count(999), List.of(says("Ann", 18, some(Qualifier.AT_MOST, 1000)))))
                .isEmpty();
        assertThat(among(count(1040), List.of(says("Ann", 18, some(Qualifier.ABOUT, 1000)))))
                .isEmpty();
        assertThat(among(count(1060), List.of(says("Ann", 18, some(Qualifier.ABOUT, 1000)))))
                .contains("Ann 18: 60 since 18");
    }

    private static Quantity some(Qualifier qualifier, int count) {
        return new Quantity(count, CountStatus.STATED, qualifier, null, null);
    }

    @Test
    void whatAClaimantHasSaidBeforeCountsForTheDayButNotForTheSpread() {
        var claims = List.of(says("Ann", 18, 2000), says("Ben", 19, 1000), says("Ann", 20, 1001));

        assertThat(among(count(1000), claims)).contains("Ben 19, Ann 20: 1 since 18");
    }

    @Test
    void onceAllHadAgreedItBeginsAnew() {
        var claims = List.of(says("Ann", 18, 2000), says("Ann", 19, 1000), says("Ben", 20, 7));

        assertThat(among(count(1000), claims)).contains("Ann 19, Ben 20: 993 since 20");
    }

    private static Optional<String> among(Quantity ledger, List<Saying<String>> claims) {
        return Dispute.among(ledger, claims)
                .map(
                        it ->
                                "%s: %d since %d"
                                        .formatted(
                                                String.join(", ", it.claims()),
                                                it.spread(),
                                                it.since().getDayOfMonth()));
    }

    private static Saying<String> says(String claimant, int day, int count) {
        return says(claimant, day, count(count));
    }

    private static Saying<String> says(String claimant, int day, Quantity quantity) {
        return new Saying<>(
                claimant,
                null,
                LocalDate.of(2025, 7, day),
                Instant.EPOCH,
                quantity,
                claimant + " " + day);
    }

    private static Quantity count(int count) {
        return new Quantity(count, CountStatus.STATED, Qualifier.EXACT, null, null);
    }

    private static Quantity between(int low, @Nullable Integer count, int high) {
        return new Quantity(
                count,
                count == null ? CountStatus.UNKNOWN : CountStatus.STATED,
                Qualifier.ABOUT,
                low,
                high);
    }
}
