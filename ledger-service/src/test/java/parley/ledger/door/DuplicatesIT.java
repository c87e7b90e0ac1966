package parley.ledger.door;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.ledger.door.Story.transfer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/// Exchanges that are probably one handover.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
class DuplicatesIT {
    private final Story story = Story.ofConflict();

    @Test
    void whatTwoPublishersReportOfOneDayIsAPairUntilItIsMerged() {
        story.paper().reports(story.id("a"), remains("2025-07-17", 1000));
        story.rival().reports(story.id("b"), remains("2025-07-17", 1003));

        Answer before = story.ours("/duplicates");
        story.editor().merges(story.id("b"), story.id("a"));
        Answer after = story.ours("/duplicates");

        assertThat(before.items("/exchanges/0/exchange")).containsExactly(story.id("a"));
        assertThat(before.items("/exchanges/1/exchange")).containsExactly(story.id("b"));
        assertThat(before.at("/items/0/score").decimalValue()).isEqualByComparingTo("0.90");
        assertThat(before.at("/items/0/reasons"))
                .isEqualTo(
                        Answer.json(
                                """
                                ["Both rest on https://example.org/1.",
                                 "Both took place on 2025-07-17.",
                                 "1000 and 1003 are alike: remains from RU to UA.",
                                 "Two publishers report them: paper and rival."]"""));
        assertThat(before.at("/items/0/exchanges/1/transfers/0/count").asInt()).isEqualTo(1003);
        assertThat(after.at("/items")).isEmpty();
        assertThat(story.ours("/duplicates?knownAt=" + before.text("/knownAt")).at("/items"))
                .isEqualTo(before.at("/items"));
    }

    @Test
    void equalNumbersOnDifferentDaysAreDifferentHandovers() {
        story.paper().reports(story.id("a"), remains("2025-03-28", 909));
        story.rival().reports(story.id("b"), remains("2025-04-18", 909));
        story.paper().reports(story.id("c"), remains("2025-06-13", 1200));
        story.paper().reports(story.id("d"), remains("2025-06-14", 1200));

        assertThat(story.ours("/duplicates").at("/items")).isEmpty();
    }

    @Test
    void aListOfPairsComesInPagesAsOfADay() {
        for (int day = 10; day < 13; day++) {
            story.paper().reports(story.id("a" + day), remains("2025-07-" + day, day * 100));
            story.rival().reports(story.id("b" + day), remains("2025-07-" + day, day * 100));
        }

        Answer first = story.ours("/duplicates?limit=2");
        Answer second = story.get(first.text("/next"));

        assertThat(first.items("/exchanges/0/exchange"))
                .containsExactly(story.id("a12"), story.id("a11"));
        assertThat(second.items("/exchanges/0/exchange")).containsExactly(story.id("a10"));
        assertThat(second.at("/next").isNull()).isTrue();
        assertThat(story.ours("/duplicates?asOf=2025-07-11").items("/exchanges/0/exchange"))
                .containsExactly(story.id("a11"), story.id("a10"));
    }

    @Test
    void aPageLooksAtSoManyPairsAndFollowingNextFindsWhatIsBehindThem() {
        for (int deal = 0; deal < 150; deal++) {
            story.paper()
                    .reports(
                            story.id("of" + deal),
                            story.exchangeUnder(
                                    story.id("deal" + deal),
                                    "2025-07-17",
                                    transfer("RU", "UA", "remains", 909)));
        }
        story.paper().reports(story.id("a"), remains("2025-06-01", 12));
        story.rival().reports(story.id("b"), remains("2025-06-01", 12));

        Answer first = story.ours("/duplicates");
        Answer second = story.get(first.text("/next"));

        assertThat(first.at("/items")).isEmpty();
        assertThat(second.items("/exchanges/0/exchange")).containsExactly(story.id("a"));
        assertThat(second.at("/next").isNull()).isTrue();
    }

    @Test
    void datesThatOverlapOrTouchMayBeOneHandoverHoweverRoughlyTheyAreGiven() {
        story.paper().reports(story.id("month"), remains("2025-07", 1000));
        story.rival().reports(story.id("day"), remains("2025-07-02", 1000));
        story.rival().reports(story.id("before"), remains("2025-06-30", 1000));
        story.rival().reports(story.id("long"), remains("2025-06-29", 1000));

        assertThat(story.ours("/duplicates").items("/exchanges/0/exchange"))
                .containsExactly(story.id("month"), story.id("month"));
        assertThat(story.ours("/duplicates").items("/exchanges/1/exchange"))
                .containsExactly(story.id("before"), story.id("day"));
    }

    private String remains(String day, int count) {
        return story.exchange(day, transfer("RU", "UA", "remains", count));
    }
}
