package parley.ledger.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static parley.ledger.door.Story.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The totals over time.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
class TimelineIT {
    private static final List<String> UNITS = List.of("day", "week", "month", "year");

    private final Story story = Story.ofConflict();
    private final String june = story.id("june");
    private final String july = story.id("july");
    private final String september = story.id("september");

    /// What is dated a month counts from its last day, 30 June, a Monday. Nothing in August.
    @BeforeEach
    void report() {
        story.paper().reports(june, story.exchange("2025-06", transfer("RU", "UA", "remains", 10)));
        story.paper()
                .reports(
                        july,
                        story.exchange(
                                "2025-07-17",
                                transfer("RU", "UA", "remains", 1000),
                                transfer("UA", "RU", "remains", 19)));
        story.paper()
                .reports(
                        september,
                        story.exchange("2025-09-01", transfer("RU", "UA", "prisoner-of-war", 5)));
    }

    @Test
    void aBucketGivesEachPartyWhatTotalsGivesIt() {
        Answer answer = story.ours("/timeline");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/conflict")).isEqualTo(story.conflict);
        assertThat(answer.text("/knownAt")).isEqualTo(story.ours("/totals").text("/knownAt"));
        assertThat(answer.at("/asOf").isNull()).isTrue();
        assertThat(answer.at("/next").isNull()).isTrue();
        assertThat(answer.at("/items/1").toString())
                .isEqualTo(
                        Answer.json(
                                        """
                                        {"from":"2025-07-01","to":"2025-07-31",
                                         "parties":[
                                          {"party":"UA","name":"Name of UA","role":"side",
                                           "exchanges":1,"lastExchangeOn":"2025-07-17",
                                           "totals":[{"category":"remains",
                                             "received":{"best":1000,"low":1000,"high":1000,
                                                         "disputed":0,"unstated":0},
                                             "handedOver":{"best":19,"low":19,"high":19,
                                                           "disputed":0,"unstated":0}}]},
                                          {"party":"RU","name":"Name of RU","role":"side",
                                           "exchanges":1,"lastExchangeOn":"2025-07-17",
                                           "totals":[{"category":"remains",
                                             "received":{"best":19,"low":19,"high":19,
                                                         "disputed":0,"unstated":0},
                                             "handedOver":{"best":1000,"low":1000,"high":1000,
                                                           "disputed":0,"unstated":0}}]},
                                          {"party":"TR","name":"Name of TR","role":"third",
                                           "exchanges":0,"lastExchangeOn":null,"totals":[]}]}
                                        """)
                                .toString());
    }

    @Test
    void aMonthInWhichNothingTookPlaceIsThereWithoutFigures() {
        Answer answer = story.ours("/timeline?bucket=month");

        assertThat(answer.items("/from"))
                .containsExactly("2025-06-01", "2025-07-01", "2025-08-01", "2025-09-01");
        assertThat(answer.items("/to"))
                .containsExactly("2025-06-30", "2025-07-31", "2025-08-31", "2025-09-30");
        assertThat(answer.items("/parties/0/exchanges")).containsExactly("1", "1", "0", "1");
        assertThat(answer.at("/items/2/parties")).hasSize(3);
        assertThat(answer.at("/items/2/parties/0/totals")).isEmpty();
        assertThat(answer.at("/items/2/parties/0/lastExchangeOn").isNull()).isTrue();
    }

    @Test
    void weeksBeginOnMondaysAndYearsInJanuary() {
        Answer weeks = story.ours("/timeline?bucket=week");
        Answer days = story.ours("/timeline?bucket=day");
        Answer years = story.ours("/timeline?bucket=year");

        assertThat(weeks.items("/from"))
                .hasSize(10)
                .startsWith("2025-06-30", "2025-07-07", "2025-07-14")
                .endsWith("2025-09-01");
        assertThat(weeks.text("/items/2/to")).isEqualTo("2025-07-20");
        assertThat(weeks.text("/items/2/parties/0/totals/0/received/best")).isEqualTo("1000");
        assertThat(days.items("/from"))
                .hasSize(64)
                .startsWith("2025-06-30", "2025-07-01")
                .endsWith("2025-09-01");
        assertThat(days.items("/to")).isEqualTo(days.items("/from"));
        assertThat(days.text("/items/17/parties/1/totals/0/received/best")).isEqualTo("19");
        assertThat(years.items("/from")).containsExactly("2025-01-01");
        assertThat(years.items("/to")).containsExactly("2025-12-31");
        assertThat(years.at("/items/0/parties")).isEqualTo(story.ours("/totals").at("/parties"));
    }

    @Test
    void cumulativeBucketsHoldAllUpToTheirEnd() {
        story.paper().claims(story.id("c"), story.countClaim(july, "Ann", 1003));

        Answer answer = story.ours("/timeline?cumulative=true");

        assertThat(answer.items("/parties/0/totals/0/category"))
                .containsExactly("remains", "remains", "remains", "prisoner-of-war");
        assertThat(answer.items("/parties/1/totals/0/handedOver/best"))
                .containsExactly("10", "1010", "1010", "5");
        assertThat(answer.items("/parties/0/totals/0/received/high"))
                .containsExactly("10", "1013", "1013", "5");
        assertThat(answer.items("/parties/0/exchanges")).containsExactly("1", "2", "2", "3");
        assertThat(answer.items("/parties/0/lastExchangeOn"))
                .containsExactly("2025-06-30", "2025-07-17", "2025-07-17", "2025-09-01");
        assertThat(answer.at("/items/3/parties/0/totals")).hasSize(2);
    }

    @Test
    void theLastCumulativeBucketIsTheTotalsAtThatMoment() {
        String moment = story.ours("/totals").text("/knownAt");
        story.editor()
                .corrects(july, story.exchange("2025-08-03", transfer("UA", "TR", "child", 4)));

        for (String unit : UNITS) {
            for (String clocks :
                    List.of(
                            "",
                            "&asOf=2025-07-31",
                            "&knownAt=" + moment,
                            "&asOf=2025-07-17&knownAt=" + moment)) {
                JsonNode items =
                        story.ours("/timeline?cumulative=true&bucket=" + unit + clocks)
                                .at("/items");
                assertThat(items.get(items.size() - 1).path("parties"))
                        .as(unit + clocks)
                        .isEqualTo(story.ours("/totals?" + clocks).at("/parties"));
            }
        }
    }

    @Test
    void aBucketThatADayCutsHoldsWhatHadTakenPlaceByThen() {
        story.paper()
                .reports(
                        story.id("late"),
                        story.exchange("2025-07-30", transfer("RU", "UA", "remains", 7)));

        Answer whole = story.ours("/timeline");
        Answer cut = story.ours("/timeline?asOf=2025-07-29");

        assertThat(whole.text("/items/1/parties/0/totals/0/received/best")).isEqualTo("1007");
        assertThat(cut.text("/asOf")).isEqualTo("2025-07-29");
        assertThat(cut.items("/to")).containsExactly("2025-06-30", "2025-07-31");
        assertThat(cut.text("/items/1/parties/0/totals/0/received/best")).isEqualTo("1000");
        assertThat(story.ours("/timeline?asOf=2025-06-29").at("/items")).isEmpty();
    }

    @Test
    void followingNextGivesEveryBucketAsInOnePage() {
        String moment = story.ours("/totals").text("/knownAt");
        story.paper().retracts(june);

        for (String query :
                List.of(
                        "",
                        "&cumulative=true",
                        "&cumulative=true&asOf=2025-08-31",
                        "&cumulative=true&knownAt=" + moment)) {
            for (String unit : List.of("month", "week")) {
                String path = "/timeline?bucket=" + unit + query;
                List<JsonNode> all = items(story.ours(path));

                for (int limit = 1; limit <= 3; limit++) {
                    Answer page = story.ours(path + "&limit=" + limit);
                    var followed = new ArrayList<>(items(page));
                    while (!page.at("/next").isNull()) {
                        page = story.get(page.text("/next"));
                        assertThat(page.at("/items").size()).isBetween(1, limit);
                        followed.addAll(items(page));
                    }
                    assertThat(followed).as(path + " by " + limit).isEqualTo(all);
                }
            }
        }
    }

    @Test
    void centuriesOfDaysAreReadPageByPage() {
        story.paper()
                .reports(
                        story.id("old"),
                        story.exchange("0025-03-01", transfer("RU", "UA", "remains", 1)));

        Answer first = story.ours("/timeline?bucket=day&limit=2");
        Answer last =
                story.ours(
                        "/timeline?bucket=day&limit=2&cumulative=true&cursor="
                                + cursor("2025-07-16"));

        assertThat(first.items("/from")).containsExactly("0025-03-01", "0025-03-02");
        assertThat(first.at("/next").isNull()).isFalse();
        assertThat(last.items("/from")).containsExactly("2025-07-17", "2025-07-18");
        assertThat(last.items("/parties/0/totals/0/received/best")).containsExactly("1011", "1011");
        assertThat(
                        story.ours(
                                        "/timeline?bucket=year&limit=1000&cursor="
                                                + cursor("1999-01-01"))
                                .items("/from"))
                .hasSize(26);
    }

    @Test
    void aCorrectionMovesAHandoverAndTheOldBucketIsStillThereAtItsMoment() {
        Answer before = story.ours("/timeline");
        String moment = before.text("/knownAt");

        story.editor()
                .corrects(june, story.exchange("2025-07-01", transfer("RU", "UA", "remains", 12)));

        Answer after = story.ours("/timeline");
        Answer then = story.ours("/timeline?knownAt=" + moment);
        assertThat(after.text("/items/0/from")).isEqualTo("2025-07-01");
        assertThat(after.text("/items/0/parties/0/totals/0/received/best")).isEqualTo("1012");
        assertThat(after.text("/items/0/parties/0/exchanges")).isEqualTo("2");
        assertThat(then.at("/items")).isEqualTo(before.at("/items"));
        assertThat(then.text("/items/0/parties/0/totals/0/received/best")).isEqualTo("10");
    }

    @Test
    void aRetractionEndsTheTimelineWhereTheLastHandoverWasThen() {
        story.paper().retracts(september);

        assertThat(story.ours("/timeline").items("/from"))
                .containsExactly("2025-06-01", "2025-07-01");
    }

    @Test
    void withoutATransferThereIsNoBucket() {
        Story empty = Story.ofConflict();

        Answer answer = empty.ours("/timeline?bucket=day&cumulative=true");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/items").isArray()).isTrue();
        assertThat(answer.at("/items")).isEmpty();
        assertThat(answer.at("/next").isNull()).isTrue();
    }

    @Test
    void aBadParameterIsNamedWithWhatIsAllowed() {
        assertThat(refused("bucket=hour", "bucket")).contains("day, week, month, year", "hour");
        assertThat(refused("bucket=Month", "bucket")).contains("day, week, month, year");
        assertThat(refused("cumulative=yes", "cumulative")).contains("`true` or `false`", "yes");
        assertThat(refused("limit=0", "limit")).contains("1 to 1000");
        assertThat(refused("cursor=" + cursor("2025-07-02"), "cursor")).contains("next");
        assertThat(refused("cursor=" + cursor("soon"), "cursor")).contains("next");
        assertThat(refused("asOf=july", "asOf")).contains("july");
        assertThat(story.get("/v1/conflicts/none/timeline").status()).isEqualTo(404);
    }

    private String refused(String query, String parameter) {
        Answer answer = story.ours("/timeline?" + query);
        assertThat(answer.status()).as(query).isEqualTo(400);
        assertThat(answer.text("/parameter")).isEqualTo(parameter);
        return answer.text("/detail");
    }

    private static List<JsonNode> items(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return answer.at("/items").valueStream().toList();
    }

    private static String cursor(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(UTF_8));
    }
}
