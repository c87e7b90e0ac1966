package parley.ledger.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import parley.contract.Category;
import parley.contract.CountStatus;
import parley.contract.Qualifier;
import parley.contract.Quantity;
import parley.ledger.reconciliation.Scope.What;

/// One gap of each kind.
class ExplainerTest {
    private static final What BACK = new What("UA", "RU", Category.PRISONER_OF_WAR, null);
    private static final What CIVILIANS = new What("RU", "UA", Category.CIVILIAN, null);

    private final SmallLedger ledger =
            new SmallLedger()
                    .with("2025-01-10", 117)
                    .with("2025-02-10", 45)
                    .with("2025-03-10", 45)
                    .with("2025-04-10", 206);

    @Test
    void aDigitMistyped() {
        assertThat(ledger.saying("c", "Ann", "2025-05-01", 473).told("c"))
                .startsWith("typing-error 413 []");
    }

    @Test
    void twoDigitsSwapped() {
        assertThat(ledger.saying("c", "Ann", "2025-05-01", 431).told("c"))
                .startsWith("typing-error 413 []");
    }

    @Test
    void aNumberThatALaterTotalCountsOnFromIsNoSlip() {
        ledger.with("2025-06-10", 88)
                .saying("c", "Ann", "2025-05-01", 473)
                .saying("later", "Ben", "2025-07-01", 473 + 88);

        assertThat(ledger.told("c")).doesNotContain("typing-error 413 []");
    }

    @Test
    void whoRepeatsANumberHasNotMistypedIt() {
        ledger.saying("c", "Ann", "2025-05-01", 473).saying("again", "Ben", "2025-05-03", 473);

        assertThat(ledger.told("c")).startsWith("typing-error 413 []");
        assertThat(ledger.told("again")).doesNotContain("typing-error 413 []");
    }

    @Test
    void theSumUpToAnEarlierDay() {
        ledger.saying("c", "Ann", "2025-05-01", 207);

        assertThat(ledger.told("c")).startsWith("stale 207 []");
        assertThat(ledger.explanations("c").getFirst().until()).isEqualTo("2025-03-10");
    }

    @Test
    void theSumOfAnotherPeriod() {
        ledger.saying("c", "Ann", "2025-05-01", 296);

        Explanation first = ledger.explanations("c").getFirst();

        assertThat(first.kind()).isEqualTo(Explanation.Kind.OTHER_PERIOD);
        assertThat(first.since()).isEqualTo("2025-02-01");
        assertThat(first.until()).isEqualTo("2025-05-01");
    }

    @Test
    void bothDirectionsAddedUp() {
        ledger.with(SmallLedger.line("2025-02-10", BACK, 88, Map.of()))
                .with(SmallLedger.line("2025-03-10", BACK, 13, Map.of()));

        assertThat(ledger.saying("c", "Ann", "2025-05-01", 514).told("c"))
                .startsWith("both-directions 514 []");
    }

    @Test
    void twoOfOneSizeTakenForOne() {
        assertThat(ledger.saying("c", "Ann", "2025-05-01", 368).told("c"))
                .startsWith("counted-once 45 [exchange-2025-02-10, exchange-2025-03-10]");
    }

    @Test
    void theFigureOfOneClaimant() {
        ledger.with(SmallLedger.line("2025-04-20", SmallLedger.PRISONERS, 30, Map.of("Ben", 33)));

        assertThat(ledger.saying("c", "Ann", "2025-05-01", 446).told("c"))
                .contains("one-claimant 446 [exchange-2025-04-20]");
    }

    @Test
    void nothingIsSaidOfAllEntriesWhereSomeWereNotRead() {
        ledger.with(SmallLedger.line("2025-04-20", SmallLedger.PRISONERS, 30, Map.of("Ben", 33)))
                .saying("c", "Ann", "2025-05-01", 446);

        assertThat(ledger.explanations("c"))
                .anyMatch(it -> it.sentence().contains("By the figures of Ben"));
        assertThat(ledger.explanations("c", LocalDate.of(2025, 1, 11)))
                .noneMatch(it -> it.kind() == Explanation.Kind.ONE_CLAIMANT);
    }

    @Test
    void upToThreeThatAreLeftOut() {
        ledger.with("2025-04-20", 31);

        assertThat(ledger.saying("c", "Ann", "2025-05-01", 444 - 117 - 45 - 31).told("c"))
                .contains(
                        "left-out 193 [exchange-2025-01-10, exchange-2025-03-10,"
                                + " exchange-2025-04-20]");
    }

    @Test
    void whatLiesOutsideIsAddedIn() {
        ledger.with(SmallLedger.line("2025-02-20", CIVILIANS, 8, Map.of()))
                .with("2025-05-03", 27)
                .with("2025-06-03", 27);

        assertThat(ledger.saying("civilians", "Ann", "2025-05-01", 421).told("civilians"))
                .contains("added-in 8 [exchange-2025-02-20]");
        assertThat(ledger.saying("later", "Ben", "2025-05-02", 440).told("later"))
                .contains("added-in 27 [exchange-2025-05-03]")
                .doesNotContain("added-in 27 [exchange-2025-06-03]");
    }

    @Test
    void allOfAnotherCategory() {
        for (int day = 10; day < 14; day++) {
            ledger.with(SmallLedger.line("2025-02-" + day, CIVILIANS, day * day, Map.of()));
        }

        assertThat(ledger.saying("c", "Ann", "2025-05-01", 413 + 534).explanations("c"))
                .anySatisfy(it -> assertThat(it.sentence()).contains("`civilian`"));
        assertThat(ledger.explanations("c", LocalDate.of(2025, 2, 11)))
                .noneMatch(it -> it.sentence().contains("`civilian`"));
    }

    @Test
    void whatIsRoundedOrAgreesNeedsNoExplanation() {
        ledger.saying("agrees", "Ann", "2025-05-01", 413)
                .saying("range", "Ben", "2025-05-02", quantity(Qualifier.EXACT, 420, 430))
                .saying("rounded", "Cid", "2025-05-03", quantity(Qualifier.AT_LEAST, null, null));

        assertThat(Explainer.isOpen(ledger.finding("agrees"))).isFalse();
        assertThat(Explainer.isOpen(ledger.finding("range"))).isFalse();
        assertThat(Explainer.isOpen(ledger.finding("rounded"))).isFalse();
    }

    private static Quantity quantity(
            Qualifier qualifier, @Nullable Integer low, @Nullable Integer high) {
        return new Quantity(425, CountStatus.STATED, qualifier, low, high);
    }

    @Test
    void aGapIsSoughtWhereItOpened() {
        ledger.with("2025-06-10", 88)
                .with("2025-07-10", 31)
                .saying("base", "Ann", "2025-05-01", 413)
                .saying("c", "Ann", "2025-08-01", 413 + 31)
                .saying("later", "Ann", "2025-09-01", 413 + 31);

        for (String claim : List.of("c", "later")) {
            assertThat(ledger.explanations(claim))
                    .anySatisfy(
                            it -> {
                                assertThat(it.exchanges()).containsExactly("exchange-2025-06-10");
                                assertThat(it.sentence())
                                        .startsWith(
                                                "Counted on from the 413 of 2025-05-01 (base): ");
                            });
        }
    }

    @Test
    void aStartThatTheLedgerDoesNotTellApartIsTheSame() {
        ledger.saying("base", "Ann", "2025-03-01", 162)
                .saying(
                        SmallLedger.total(
                                "c",
                                "Ann",
                                LocalDate.of(2025, 1, 10),
                                LocalDate.of(2025, 5, 1),
                                SmallLedger.exactly(500)));

        assertThat(ledger.finding("c").since()).isNotNull();
    }
}
