package parley.ledger.door;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.ledger.door.Story.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.ledger.door.LogWriter.Event;

/// One feed of all that was added, corrected, retracted or merged, and what it did to the totals.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
class ChangesIT {
    private final Story story = Story.ofConflict();
    private final String exchange = story.id("x");

    @Test
    void whatIsReportedCorrectedRetractedAndStandsAgainIsToldWithTheTotalsBeforeAndAfter() {
        story.paper().reports(exchange, remains(1000));
        story.editor().corrects(exchange, remains(1003));
        story.paper().retracts(exchange);
        story.paper().corrects(exchange, remains(7));

        Answer answer = story.ours("/changes");

        assertThat(answer.items("/change"))
                .containsExactly("defined", "added", "corrected", "retracted", "corrected");
        assertThat(answer.items("/kind"))
                .containsExactly("conflict", "exchange", "exchange", "exchange", "exchange");
        assertThat(answer.items("/id"))
                .containsExactly(story.conflict, exchange, exchange, exchange, exchange);
        assertThat(answer.items("/revision")).containsExactly("1", "1", "2", "3", "4");
        assertThat(answer.items("/reason").subList(2, 5))
                .containsExactly("recounted", "untrue", "recounted");
        assertThat(answer.items("/event/type"))
                .containsExactly(
                        "conflict.defined",
                        "exchange.reported",
                        "exchange.corrected",
                        "exchange.retracted",
                        "exchange.corrected");
        assertThat(answer.text("/items/2/changes/0/pointer")).isEqualTo("/transfers/0/count");
        assertThat(answer.text("/items/3/changes/0/after")).isEqualTo("retracted");
        assertThat(answer.text("/items/4/changes/0/after")).isEqualTo("standing");
        assertThat(answer.at("/items/0/effects")).isEmpty();
        assertThat(answer.at("/items/1/effects").toString())
                .isEqualTo(
                        Answer.json(
                                        """
                                        [{"party":"UA","direction":"received",
                                          "category":"remains",
                                          "before":{"best":0,"low":0,"high":0,"disputed":0,
                                                    "unstated":0},
                                          "after":{"best":1000,"low":1000,"high":1000,
                                                   "disputed":0,"unstated":0}},
                                         {"party":"RU","direction":"handedOver",
                                          "category":"remains",
                                          "before":{"best":0,"low":0,"high":0,"disputed":0,
                                                    "unstated":0},
                                          "after":{"best":1000,"low":1000,"high":1000,
                                                   "disputed":0,"unstated":0}}]
                                        """)
                                .toString());
        assertThat(bests(answer)).containsExactly("0>1000", "1000>1003", "1003>0", "0>7");
    }

    @Test
    void theNewestCanBeAskedForAlone() {
        story.paper().reports(exchange, remains(1000));
        story.paper().reports(story.id("y"), remains(3));
        story.editor().corrects(exchange, remains(1003));
        String known = story.ours("/totals").text("/knownAt");
        story.paper().retracts(story.id("y"));

        Answer newest = story.ours("/changes?last=2");
        assertThat(newest.items("/change")).containsExactly("corrected", "retracted");
        assertThat(bests(newest)).containsExactly("1003>1006", "1006>1003");
        assertThat(story.get(newest.text("/next")).items("/id")).isEmpty();
        assertThat(story.ours("/changes?last=1&knownAt=" + known).items("/change"))
                .containsExactly("corrected");
        assertThat(story.ours("/changes?last=1000").items("/change"))
                .isEqualTo(story.ours("/changes").items("/change"));
        for (String none : new String[] {"0", "1001", "many"}) {
            assertThat(story.ours("/changes?last=" + none).text("/parameter")).isEqualTo("last");
        }
    }

    @Test
    void aMergeTellsWhatIsGoneAndIntoWhat() {
        story.paper().reports(exchange, remains(1000));
        story.rival().reports(story.id("other"), remains(990));
        story.editor().merges(story.id("other"), exchange);

        Answer answer = story.ours("/changes");

        assertThat(answer.text("/items/3/change")).isEqualTo("merged");
        assertThat(answer.text("/items/3/id")).isEqualTo(story.id("other"));
        assertThat(answer.text("/items/3/mergedInto")).isEqualTo(exchange);
        assertThat(answer.text("/items/3/reason")).isEqualTo("the same");
        assertThat(answer.at("/items/3/changes").findValuesAsText("pointer"))
                .containsExactly("/mergedInto", "/status");
        assertThat(bests(answer)).containsExactly("0>1000", "1000>1990", "1990>1000");
    }

    @Test
    void aMergeIntoWhatIsReportedLaterMovesTheTotalsThen() {
        story.paper().reports(exchange, remains(1000));
        story.editor().merges(exchange, story.id("later"));
        story.paper().reports(story.id("later"), remains(990));

        Answer answer = story.ours("/changes");

        assertThat(answer.at("/items/2/effects")).isEmpty();
        assertThat(bests(answer)).containsExactly("0>1000", "1000>990");
    }

    @Test
    void aClaimMovesTheUncertaintyAndIsToldWithIt() {
        story.paper().reports(exchange, remains(1000));
        story.paper().claims(story.id("count"), story.countClaim(exchange, "Ann", 1003));
        story.paper()
                .claims(
                        story.id("wrong"),
                        story.claim(
                                "Ben",
                                "RU",
                                "2025-07-19",
                                "{\"exchange\":\"" + exchange + "\"}",
                                """
                                {"kind":"misidentified","from":"RU","to":"UA",
                                 "category":"remains","count":20}"""));
        story.paper().claims(story.id("same"), story.countClaim(exchange, "Cid", 1000));

        Answer answer = story.ours("/changes");

        assertThat(answer.items("/kind").subList(2, 5)).containsOnly("claim");
        assertThat(answer.at("/items/2/effects/0/before/high").asInt()).isEqualTo(1000);
        assertThat(answer.at("/items/2/effects/0/after/high").asInt()).isEqualTo(1003);
        assertThat(answer.at("/items/2/effects/0/after/best").asInt()).isEqualTo(1000);
        assertThat(answer.at("/items/3/effects/0/before/disputed").asInt()).isZero();
        assertThat(answer.at("/items/3/effects/0/after/disputed").asInt()).isEqualTo(20);
        assertThat(answer.at("/items/4/effects")).isEmpty();
    }

    @Test
    void aClaimOfAnotherConflictMovesNothingHereAndIsInItsOwnFeedOnly() {
        Story elsewhere = Story.ofConflict();
        story.paper().reports(exchange, remains(1000));
        elsewhere.paper().claims(elsewhere.id("c"), elsewhere.countClaim(exchange, "Ann", 1003));

        assertThat(story.ours("/changes").items("/id")).containsExactly(story.conflict, exchange);
        assertThat(elsewhere.ours("/changes").items("/id"))
                .containsExactly(elsewhere.conflict, elsewhere.id("c"));
    }

    @Test
    void whatCameBeforeItsDefinitionFollowsTheDefinition() {
        var late = new Story();
        late.paper().reports(late.id("x"), on(late, 1000));
        late.paper().claims(late.id("c"), late.countClaim(late.id("x"), "Ann", 1003));
        late.define("UA", "RU");
        String cursor = late.ours("/changes?limit=1000").text("/next");
        late.paper().reports(late.id("y"), on(late, 5));
        late.paper()
                .reports(
                        late.id("z"),
                        late.exchange("2025-07-17", transfer("BY", "UA", "remains", 3)));
        Answer between = late.get(cursor);
        late.define("UA", "RU", "BY");

        assertThat(late.ours("/changes?limit=1").items("/id"))
                .containsExactly(late.conflict, late.id("x"), late.id("c"));
        assertThat(between.items("/id")).containsExactly(late.id("y"));
        Answer after = late.get(between.text("/next"));
        assertThat(after.items("/id")).containsExactly(late.conflict, late.id("z"));
        assertThat(after.items("/change")).containsExactly("defined", "added");
        assertThat(after.text("/items/0/changes/0/pointer")).isNotEmpty();
        assertThat(bests(late.ours("/changes")))
                .containsExactly("0>1000", "1000>1005", "1005>1008");
        assertThat(late.ours("/changes").at("/items/1/effects/0/after/high").asInt())
                .isEqualTo(1003);
    }

    @Test
    void anExchangeThatMovesToAnotherConflictIsInBothFeeds() {
        Story elsewhere = Story.ofConflict();
        story.paper().reports(exchange, remains(1000));
        story.paper().corrects(exchange, on(elsewhere, 1001));

        assertThat(bests(story.ours("/changes"))).containsExactly("0>1000", "1000>0");
        Answer there = elsewhere.ours("/changes");
        assertThat(bests(there)).containsExactly("0>1001");
        assertThat(there.text("/items/1/change")).isEqualTo("corrected");
    }

    @Test
    void ofTwoEventsOfOneMomentTheLastHasTheEffectAndBothAreTold() {
        atOnce(
                reported(exchange, remains(1000)),
                event(
                        "exchange.corrected",
                        exchange,
                        "{\"reason\":\"typo\",\"exchange\":" + remains(1001) + "}"));

        Answer answer = story.ours("/changes");

        assertThat(answer.text("/items/1/event/recordedAt"))
                .isEqualTo(answer.text("/items/2/event/recordedAt"));
        assertThat(answer.items("/change")).containsExactly("defined", "added", "corrected");
        assertThat(answer.at("/items/1/effects")).isEmpty();
        assertThat(bests(answer)).containsExactly("0>1001");
        assertThat(story.get(story.ours("/changes?limit=2").text("/next")).items("/change"))
                .containsExactly("corrected");
    }

    @Test
    void fromEveryCursorTheRestIsTheSame() {
        atOnce(
                IntStream.range(0, 12)
                        .mapToObj(it -> reported(story.id("e" + it), remains(it)))
                        .toArray(Event[]::new));
        story.paper().retracts(story.id("e3"));
        List<JsonNode> all = items(story.ours("/changes"));

        var read = new ArrayList<JsonNode>();
        Answer page = story.ours("/changes?limit=1");
        while (!items(page).isEmpty()) {
            assertThat(page.header("Link")).isEqualTo("<" + page.text("/next") + ">; rel=\"next\"");
            read.addAll(items(page));
            String next = page.text("/next");
            assertThat(items(story.get(next.replace("limit=1", "limit=1000"))))
                    .isEqualTo(all.subList(read.size(), all.size()));
            page = story.get(next);
        }

        assertThat(all).hasSize(14);
        assertThat(read).isEqualTo(all);
    }

    @Test
    void anUnchangedPollIsNotModifiedAndAChangedOneGivesWhatIsNew() {
        story.paper().reports(exchange, remains(1000));
        Answer empty = story.get(story.ours("/changes").text("/next"));

        Answer again = story.get(empty.text("/next"), "If-None-Match", empty.header("ETag"));
        assertThat(empty.json().get("items")).isEmpty();
        assertThat(again.status()).isEqualTo(304);

        story.paper().retracts(exchange);
        Answer changed = story.get(empty.text("/next"), "If-None-Match", empty.header("ETag"));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.items("/change")).containsExactly("retracted");
        assertThat(bests(changed)).containsExactly("1000>0");
    }

    @Test
    void bothClocksApply() {
        story.paper().reports(exchange, remains(1000));
        String then = story.ours("/changes").text("/knownAt");
        story.paper()
                .reports(
                        story.id("may"),
                        story.exchange("2025-05-01", transfer("RU", "UA", "remains", 5)));
        story.paper().retracts(exchange);

        Answer known = story.ours("/changes?knownAt=" + then);
        Answer june = story.ours("/changes?asOf=2025-06-30");

        assertThat(known.items("/id")).containsExactly(story.conflict, exchange);
        assertThat(story.get(known.text("/next")).json().get("items")).isEmpty();
        assertThat(june.items("/change")).containsExactly("defined", "added", "added", "retracted");
        assertThat(bests(june)).containsExactly("0>5");
    }

    @Test
    void byADayTooEffectsGoOnFromTheTotalsBeforeTheCursor() {
        handedOver("may", "2025-05-01", 5);
        handedOver("july", "2025-07-17", 1000);
        handedOver("june", "2025-06-01", 7);

        Answer first = story.ours("/changes?asOf=2025-06-30&limit=3");

        assertThat(bests(first)).containsExactly("0>5");
        assertThat(bests(story.get(first.text("/next")))).containsExactly("5>12");
    }

    private void handedOver(String name, String day, int count) {
        story.paper()
                .reports(
                        story.id(name),
                        story.exchange(day, transfer("RU", "UA", "remains", count)));
    }

    @Test
    void aCursorThatTheFeedDidNotGiveIsRefused() {
        for (String cursor : List.of("eA", "%25", "ZTA6MQpl")) {
            Answer answer = story.ours("/changes?cursor=" + cursor);

            assertThat(answer.status()).as(cursor).isEqualTo(400);
            assertThat(answer.text("/parameter")).isEqualTo("cursor");
        }
        assertThat(story.ours("/changes?limit=0").status()).isEqualTo(400);
        assertThat(story.get("/v1/conflicts/nowhere/changes").status()).isEqualTo(404);
    }

    /// The best of the first total that each item moved, before and after.
    private static List<String> bests(Answer answer) {
        return items(answer).stream()
                .map(it -> it.at("/effects/0"))
                .filter(it -> !it.isMissingNode())
                .map(it -> it.at("/before/best").asText() + ">" + it.at("/after/best").asText())
                .toList();
    }

    private static List<JsonNode> items(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("/next")).startsWith("http");
        return answer.json().get("items").valueStream().toList();
    }

    private void atOnce(Event... events) {
        LogWriter.atOnce("paper", List.of(events));
    }

    private Event reported(String id, String statement) {
        return event("exchange.reported", id, statement);
    }

    private Event event(String type, String subject, String data) {
        return new Event(type, "publisher", type + subject, subject, data);
    }

    private String remains(int count) {
        return on(story, count);
    }

    private static String on(Story story, int count) {
        return story.exchange("2025-07-17", transfer("RU", "UA", "remains", count));
    }
}
