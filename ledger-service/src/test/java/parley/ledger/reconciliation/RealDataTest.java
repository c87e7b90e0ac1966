package parley.ledger.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What is known of the real data, found again.
class RealDataTest {
    private final RealData data = RealData.read();

    @Test
    void theTwoDigitsThatOneOutletSwappedAreFound() {
        assertThat(first("c-2305-2340")).startsWith("typing-error 2430 ");
        assertThat(gaps("c-2305-2430")).isEqualTo("259 since 259");
    }

    @Test
    void theSixOf2576AreMissingSinceTheTotalBeforeThatStartsTwoWeeksEarlier() {
        Finding finding = finding("c-2307-2576");

        assertThat(finding.gap()).isEqualTo(270);
        assertThat(Objects.requireNonNull(finding.base()).claimed().claim())
                .isEqualTo("c-2305-2430");
        assertThat(finding.jump()).isEqualTo(6);
        assertThat(finding.isCountedOn()).isTrue();
        assertThat(data.explanations("c-2307-2576")).isEmpty();
    }

    @Test
    void thoseWhoCameHomeOutsideTheExchangesAreWhatATotalLeavesOut() {
        assertThat(first("c-0419-zelensky4552"))
                .startsWith("left-out 53 ")
                .contains("the 22 of 2025-03-19")
                .contains("the 31 of 2025-04-19");
    }

    @Test
    void bothSidesFiguresOfTheBodiesOfJuneAreUnderstood() {
        assertThat(finding("c-0616-hq6057").verdict()).isEqualTo(Verdict.AGREES);
        assertThat(finding("c-0616-medinsky6060").verdict()).isEqualTo(Verdict.WITHIN);
        assertThat(first("c-0616-medinsky6060"))
                .startsWith("one-claimant 6060 ")
                .contains("Russian Ministry of Defence");
        assertThat(opener("c-0618-klymenko6060")).isEqualTo("c-0616-medinsky6060");
    }

    @Test
    void aGapThatStaysIsOneFinding() {
        assertThat(List.of("c-0913-3569", "c-0914-3672", "c-1230-3956", "c-hq-4131"))
                .allSatisfy(it -> assertThat(opener(it)).isEqualTo("c-0629-3310"));
        assertThat(first("c-0629-3310"))
                .startsWith("added-in 5 ")
                .contains("which the scope leaves out");
        assertThat(gaps("c-0629-3310")).isEqualTo("270 since 265");
    }

    @Test
    void equalHandoversThatATallyCountedOnceAreNamed() {
        assertThat(first("c-0129-mt14480")).startsWith("counted-once 1821 ");
    }

    @Test
    void aTotalOfAnotherPeriodIsFoundByItsSum() {
        assertThat(first("c-1211-newday"))
                .startsWith("other-period 201 ")
                .contains("from 2025-06-01 to 2025-12-11");
        assertThat(kinds("c-1113-lavrov143")).contains("other-period 2025-06-01/2025-09-18");
    }

    @Test
    void noneHasMoreExplanationsThanFiveAndAllOfItIsFoundWithinASecond() {
        long begun = System.nanoTime();
        for (Claimed total : data.totals()) {
            assertThat(data.explanations(total.claim())).hasSizeLessThanOrEqualTo(5);
        }
        assertThat(System.nanoTime() - begun).isLessThan(5_000_000_000L);
        System.out.printf(
                "All totals explained in %d ms%n", (System.nanoTime() - begun) / 1_000_000);
    }

    private Finding finding(String claim) {
        return Objects.requireNonNull(data.findings().get(claim));
    }

    private String opener(String claim) {
        return Objects.requireNonNull(finding(claim).opener()).claimed().claim();
    }

    private String gaps(String claim) {
        return "%d since %d"
                .formatted(
                        finding(claim).gap(), Objects.requireNonNull(finding(claim).since()).gap());
    }

    private String first(String claim) {
        List<Explanation> explanations = data.explanations(claim);
        assertThat(explanations).as(claim).isNotEmpty();
        Explanation it = explanations.getFirst();
        return it.kind().wire() + " " + it.sum() + " " + it.sentence();
    }

    private List<String> kinds(String claim) {
        return data.explanations(claim).stream()
                .map(it -> it.kind().wire() + " " + it.since() + "/" + it.until())
                .toList();
    }
}
