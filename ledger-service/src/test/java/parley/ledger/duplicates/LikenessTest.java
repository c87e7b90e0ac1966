package parley.ledger.duplicates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.contract.Category;
import parley.contract.CountStatus;
import parley.contract.EdtfDate;
import parley.contract.Exchange;
import parley.contract.Qualifier;
import parley.contract.Source;
import parley.contract.Transfer;

class LikenessTest {
    private static final String DAY = "2025-07-17";

    private int reports;

    @ParameterizedTest
    @CsvSource({
        "2025-07-17, paper, 1000, 85",
        "2025-07-17, desk,  1000, 70",
        "2025-07-17, paper, 1003, 70",
        "2025-07-17, paper,  950, 70",
        "2025-07,    paper, 1000, 75",
        "2025-07-16/2025-07-18, desk, 1000, 60",
    })
    void theScoreGrowsWithWhatTheyHaveInCommon(
            String date, String publisher, int count, int hundredths) {
        assertThat(likeness(report("desk", DAY, null, 1000), report(publisher, date, null, count)))
                .isEqualTo(hundredths);
    }

    @ParameterizedTest
    @CsvSource({
        "2025-07-17, paper,  900", // far apart
        "2025-07-18, paper, 1000", // another day, and nothing else in common
        "2025-07-18, desk,  1000", // told apart by their publisher
        "2025-08-19, paper, 1000",
    })
    void whatTheStatementsProveDifferentIsNoPair(String date, String publisher, int count) {
        assertThat(likeness(report("desk", DAY, null, 1000), report(publisher, date, null, count)))
                .isZero();
    }

    @Test
    void daysThatTouchNeedMoreInCommonThanNumbers() {
        Report one = report("desk", "2024-10-18", "Belarus border", 501);

        assertThat(likeness(one, report("paper", "2024-10-19", "Belarus Border", 501)))
                .isEqualTo(65);
        assertThat(likeness(one, report("desk", "2024-10-19", "Belarus border", 501))).isZero();
        assertThat(likeness(one, report("paper", "2024-10-20", "Belarus border", 501))).isZero();
    }

    @Test
    void twoDealsOnOneDayAreTwoHandovers() {
        Report one = under("deal-1");

        assertThat(likeness(one, under("deal-2"))).isZero();
        assertThat(likeness(one, under("deal-1"))).isPositive();
        assertThat(likeness(one, under(null))).isPositive();
    }

    @Test
    void zerosAndWhatIsNotCountedProveLittle() {
        assertThat(likeness(report("desk", DAY, null, 0), report("paper", DAY, null, 0))).isZero();
        assertThat(likeness(report("desk", DAY, null, null), report("paper", DAY, null, 12)))
                .isEqualTo(60);
        assertThat(likeness(report("desk", DAY, null, null), report("desk", DAY, null, null)))
                .isZero();
    }

    @Test
    void aNumberThatIsABoundDoesNotTellApartWhatItLeavesOpen() {
        Report bound = report("desk", 1000, Qualifier.AT_LEAST);

        assertThat(likeness(bound, report("paper", DAY, null, 1245))).isEqualTo(70);
        assertThat(likeness(bound, report("paper", DAY, null, 900))).isZero();
    }

    private static int likeness(Report one, Report other) {
        int there = Likeness.of(one, other).map(Likeness::hundredths).orElse(0);
        assertThat(Likeness.of(other, one).map(Likeness::hundredths).orElse(0)).isEqualTo(there);
        return there;
    }

    private Report report(String publisher, int count, Qualifier qualifier) {
        return report(publisher, DAY, null, count, qualifier, null);
    }

    private Report under(@Nullable String agreement) {
        return report("desk", DAY, null, 25, null, agreement);
    }

    private Report report(
            String publisher, String date, @Nullable String place, @Nullable Integer count) {
        return report(publisher, date, place, count, null, null);
    }

    private Report report(
            String publisher,
            String date,
            @Nullable String place,
            @Nullable Integer count,
            @Nullable Qualifier qualifier,
            @Nullable String agreement) {
        String id = "report-" + ++reports;
        return new Report(
                id,
                publisher,
                new Exchange(
                        "ru-ua",
                        EdtfDate.parse(date),
                        place,
                        agreement,
                        List.of(),
                        List.of(
                                new Transfer(
                                        "RU",
                                        "UA",
                                        Category.REMAINS,
                                        count,
                                        count == null ? CountStatus.WITHHELD : null,
                                        qualifier,
                                        null,
                                        null,
                                        List.of(),
                                        null,
                                        null)),
                        null,
                        List.of(
                                new Source(
                                        "Report", "Agency", "https://example.org/" + id, null))));
    }
}
