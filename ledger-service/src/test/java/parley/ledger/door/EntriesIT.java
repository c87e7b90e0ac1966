package parley.ledger.door;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.ledger.door.Story.transfer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The lines that a total is the sum of.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
class EntriesIT {
    private final Story story = Story.ofConflict();
    private final String june = story.id("june");
    private final String july = story.id("july");

    @BeforeEach
    void report() {
        story.paper()
                .reports(
                        june,
                        story.exchangeUnder(
                                "deal",
                                "2025-06",
                                transfer("RU", "UA", "remains", 10),
                                transfer("UA", "RU", "remains", 3)));
        story.paper()
                .reports(
                        july,
                        story.exchange(
                                "2025-07-17",
                                transfer("RU", "UA", "remains", 1000),
                                transfer("RU", "UA", "civilian", 4),
                                transfer("UA", "RU", "remains", 19),
                                transfer("UA", "TR", "prisoner-of-war", 5)));
    }

    @Test
    void anEntryIsAnsweredAsTheContractSaysIt() {
        Answer answer = story.ours("/entries?exchange=" + july + "&category=civilian");

        assertThat(answer.json().properties())
                .extracting(Map.Entry::getKey)
                .contains("conflict", "position", "items", "next");
        var entry = answer.at("/items/0");
        assertThat(entry.properties())
                .extracting(Map.Entry::getKey)
                .contains(
                        "entry",
                        "exchange",
                        "occurredOn",
                        "from",
                        "to",
                        "category",
                        "count",
                        "countStatus",
                        "qualifier",
                        "statedBy",
                        "agreement",
                        "figure",
                        "knownFrom",
                        "knownTo",
                        "event",
                        "sources");
        assertThat(entry.path("exchange").asText()).isEqualTo(july);
        assertThat(entry.path("count").asInt()).isEqualTo(4);
        assertThat(entry.path("countStatus").asText()).isEqualTo("stated");
        assertThat(entry.path("qualifier").asText()).isEqualTo("exact");
        assertThat(entry.at("/figure/best").asInt()).isEqualTo(4);
        assertThat(entry.at("/event/type").asText()).isEqualTo("exchange.reported");
        assertThat(entry.at("/event/topic").asText()).isEqualTo("exchange-events");
        assertThat(entry.at("/sources/0/publisher").asText()).isEqualTo("Agency");
    }

    @Test
    void entriesComeNewestFirstAndAreChosenByPartyDirectionCategoryExchangeAndDay() {
        assertThat(counts("")).containsExactlyInAnyOrder("1000", "4", "19", "5", "10", "3");
        assertThat(counts("").subList(4, 6)).containsExactlyInAnyOrder("10", "3");
        assertThat(counts("?party=UA&direction=received"))
                .containsExactlyInAnyOrder("1000", "4", "10");
        assertThat(counts("?party=UA&direction=handedOver"))
                .containsExactlyInAnyOrder("19", "5", "3");
        assertThat(counts("?party=TR")).containsExactly("5");
        assertThat(counts("?category=remains&party=RU&direction=received"))
                .containsExactly("19", "3");
        assertThat(counts("?exchange=" + june)).containsExactlyInAnyOrder("10", "3");
        assertThat(counts("?agreement=deal")).containsExactlyInAnyOrder("10", "3");
        assertThat(counts("?since=2025-07-01&category=civilian")).containsExactly("4");
        assertThat(counts("?until=2025-06-30")).containsExactlyInAnyOrder("10", "3");
        assertThat(counts("?until=2025-06-29")).isEmpty();
        assertThat(counts("?asOf=2025-06-30")).containsExactlyInAnyOrder("10", "3");
    }

    @Test
    void followingNextGivesEveryEntryOnceWhateverThePageSize() {
        List<String> all = story.ours("/entries").items("/entry");

        for (int limit = 1; limit <= 4; limit++) {
            var followed = new ArrayList<String>();
            Answer page = story.ours("/entries?limit=" + limit);
            followed.addAll(page.items("/entry"));
            while (!page.at("/next").isNull()) {
                assertThat(page.header("Link"))
                        .isEqualTo("<" + page.text("/next") + ">; rel=\"next\"");
                page = story.get(page.text("/next"));
                assertThat(page.at("/items").size()).isBetween(1, limit);
                followed.addAll(page.items("/entry"));
            }
            assertThat(page.header("Link")).isEmpty();
            assertThat(followed).as("limit %d", limit).isEqualTo(all);
        }
    }

    @Test
    void whatIsCorrectedBetweenTwoPagesIsOnOneOfThemAsTheFirstOneKnewIt() {
        List<String> all = counts("");

        Answer page = story.ours("/entries?limit=2");
        var followed = new ArrayList<>(page.items("/count"));
        story.editor() // It would be on the page that was read, and the others on the next.
                .corrects(june, story.exchange("2025-07-18", transfer("RU", "UA", "remains", 10)));
        story.editor()
                .corrects(july, story.exchange("2025-05-01", transfer("RU", "UA", "remains", 1)));
        while (!page.at("/next").isNull()) {
            page = story.get(page.text("/next"));
            followed.addAll(page.items("/count"));
        }

        assertThat(followed).isEqualTo(all);
        Answer exchanges = story.ours("/exchanges?limit=1");
        assertThat(exchanges.text("/next"))
                .contains("knownAt=" + exchanges.text("/knownAt").replace(":", "%3A"));
    }

    @Test
    void theEntriesOfAPartySumUpToItsTotals() {
        for (String party : List.of("UA", "RU", "TR")) {
            for (var category : story.ours("/totals/" + party).at("/parties/0/totals")) {
                for (String direction : List.of("received", "handedOver")) {
                    long sum =
                            counts(
                                            "?party="
                                                    + party
                                                    + "&direction="
                                                    + direction
                                                    + "&category="
                                                    + category.path("category").asText())
                                    .stream()
                                    .mapToLong(Long::parseLong)
                                    .sum();
                    assertThat(category.at("/" + direction + "/best").asLong()).isEqualTo(sum);
                }
            }
        }
    }

    @Test
    void aCorrectionReplacesTheEntryAndTheOldOneIsStillThereAtItsMoment() {
        String moment = story.ours("/entries?exchange=" + june).text("/knownAt");
        story.editor()
                .corrects(june, story.exchange("2025-06-11", transfer("RU", "UA", "remains", 12)));

        assertThat(counts("?exchange=" + june)).containsExactly("12");
        assertThat(counts("?exchange=" + june + "&knownAt=" + moment))
                .containsExactlyInAnyOrder("10", "3");
        assertThat(story.ours("/entries?exchange=" + june).text("/items/0/event/type"))
                .isEqualTo("exchange.corrected");
    }

    private List<String> counts(String query) {
        Answer answer = story.ours("/entries" + query);
        assertThat(answer.status()).as(query).isEqualTo(200);
        return answer.items("/count");
    }
}
