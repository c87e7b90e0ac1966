package parley.ledger.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static parley.ledger.door.Story.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import parley.ledger.door.LogWriter.Event;

/// That an editor learns of a gap, or of a double report, when it comes: on the feed, and by SSE.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
class FindingsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonNode NOTHING = Answer.json("{}").at("/missing");

    private final Story story = Story.ofConflict();
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void aTotalIsFoundNotToAgreeWhereItIsClaimedAndAsTheLedgerStoodThen() {
        reports("a", "2024-01-10", 3100);
        says("early", "2024-02-08", 3100);
        says("late", "2024-06-29", 3310);
        JsonNode then = findings("late").deepCopy();

        reports("b", "2024-06-20", 210);

        assertThat(then)
                .isEqualTo(
                        Answer.json(
                                """
                                {"reconciliation":{
                                  "scope":{"from":"RU","to":"UA","categories":["remains"],
                                           "since":"2022-02-24","until":"2024-06-29",
                                           "agreement":null},
                                  "claimed":3310,"qualifier":"exact",
                                  "ledger":{"best":3100,"low":3100,"high":3100,"disputed":0,
                                            "unstated":0},
                                  "gap":210,"verdict":"ledger-short",
                                  "since":{"claim":"%s","claimed":3100,"gap":0,
                                           "statedOn":"2024-02-08"},
                                  "openedBy":"%s"}}"""
                                        .formatted(story.id("early"), story.id("late"))));
        assertThat(findings("late")).isEqualTo(then);
        assertThat(findings("early").isMissingNode()).isTrue();
        assertThat(findings("b").isMissingNode()).isTrue();
        assertThat(story.ours("/reconciliation?verdict=ledger-short").at("/items")).isEmpty();
    }

    @Test
    void whatOneMomentClaimsAndCorrectsIsToldWithTheCorrection() {
        reports("a", "2024-01-10", 3100);
        LogWriter.atOnce(
                "paper",
                List.of(
                        event("made", "claim.made", story.id("c"), total("2024-02-08", 3110)),
                        event(
                                "corrected",
                                "claim.corrected",
                                story.id("c"),
                                "{\"reason\":\"misheard\",\"claim\":"
                                        + total("2024-02-08", 3111)
                                        + "}")));

        List<JsonNode> told =
                items("/changes?limit=1000").stream()
                        .filter(it -> it.at("/id").asText().equals(story.id("c")))
                        .toList();

        assertThat(told)
                .extracting(it -> it.at("/change").asText())
                .containsExactly("added", "corrected");
        assertThat(told.getFirst().at("/findings").isMissingNode()).isTrue();
        assertThat(told.getLast().at("/findings/reconciliation/claimed").asInt()).isEqualTo(3111);
    }

    @Test
    void aDoubleReportIsFoundWhereTheSecondOneComes() {
        reports("one", "2024-01-10", 100);
        story.rival()
                .reports(
                        story.id("two"),
                        story.exchange("2024-01-10", transfer("RU", "UA", "remains", 101)));
        JsonNode listed = story.ours("/duplicates").at("/items/0");

        story.editor().merges(story.id("two"), story.id("one"));

        assertThat(findings("one").isMissingNode()).isTrue();
        JsonNode found = findings("two").at("/duplicates/0");
        assertThat(found.at("/exchange").asText()).isEqualTo(story.id("one"));
        assertThat(found.at("/publisher").asText()).isEqualTo("paper");
        assertThat(found.at("/score")).isEqualTo(listed.at("/score"));
        assertThat(found.at("/reasons")).hasSameSizeAs(listed.at("/reasons"));
        assertThat(story.ours("/changes?asOf=2024-01-09").at("/items").findValue("findings"))
                .isNull();
    }

    @Test
    void whatIsToldIsCountedByItsKindAndEveryKindIsThereFromTheStart() {
        reports("one", "2024-01-10", 100);
        story.rival()
                .reports(
                        story.id("two"),
                        story.exchange("2024-01-10", transfer("RU", "UA", "remains", 101)));
        says("over", "2024-02-08", 150);
        Map<String, Double> before = told();

        items("/changes");
        Map<String, Double> after = told();

        assertThat(after)
                .containsOnlyKeys(
                        "duplicate", "ledger-over", "ledger-short", "undecidable", "within");
        after.forEach(
                (kind, count) ->
                        assertThat(count - before.getOrDefault(kind, Double.NaN))
                                .as(kind)
                                .isEqualTo(
                                        List.of("duplicate", "ledger-over").contains(kind)
                                                ? 1
                                                : 0));
    }

    private static Map<String, Double> told() {
        return Pattern.compile("parley_ledger_findings_total\\{kind=\"([^\"]*)\"} (\\S+)")
                .matcher(Story.askNow("/q/metrics").body())
                .results()
                .collect(
                        Collectors.toMap(it -> it.group(1), it -> Double.parseDouble(it.group(2))));
    }

    @Test
    void whoListensToFindingsIsToldOfThemAndOfNothingElse() throws Exception {
        reports("a", "2024-01-10", 3100);
        String heard;
        try (var listening = new Listening(story.conflict + "&tell=findings")) {
            says("right", "2024-02-08", 3100);
            says("wrong", "2024-02-09", 3110);
            await().atMost(PATIENCE).until(() -> listening.of("data"), it -> !it.isEmpty());

            assertThat(listening.of("event")).containsExactly("findings");
            heard = listening.of("id").getLast();
            JsonNode told = Answer.json(listening.of("data").getFirst());
            assertThat(told.at("/missed").asBoolean()).isFalse();
            assertThat(told.at("/items")).isEqualTo(Answer.json("[" + change("wrong") + "]"));
        }
        says("worse", "2024-02-10", 3111);
        try (var again = new Listening(story.conflict + "&tell=findings", "Last-Event-ID", heard)) {
            await().atMost(PATIENCE).until(() -> again.of("data"), it -> !it.isEmpty());

            assertThat(Answer.json(again.of("data").getFirst()).at("/items"))
                    .isEqualTo(Answer.json("[" + change("worse") + "]"));
        }
        assertThat(story.get("/v1/stream?tell=all&conflict=" + story.conflict).status())
                .isEqualTo(400);
    }

    @Test
    void whoHasHeardNothingIsToldAllTheSameWhatCameWhileHeWasAway() throws Exception {
        reports("a", "2024-01-10", 3100);
        String heard;
        try (var listening = new Listening(story.conflict + "&tell=findings")) {
            await().atMost(PATIENCE).until(() -> listening.of("id"), it -> !it.isEmpty());

            assertThat(listening.of("data")).isEmpty();
            heard = listening.of("id").getLast();
        }
        says("wrong", "2024-02-09", 3110);
        change("wrong"); // The ledger has read it.
        try (var again = new Listening(story.conflict + "&tell=findings", "Last-Event-ID", heard)) {
            await().atMost(PATIENCE).until(() -> again.of("data"), it -> !it.isEmpty());

            assertThat(Answer.json(again.of("data").getFirst()).at("/items"))
                    .isEqualTo(Answer.json("[" + change("wrong") + "]"));
        }
    }

    /// What is kept in memory, moved on and back, against what is summed by another way.
    @Test
    void whateverComesAndInWhateverOrderEachTotalIsHeldAgainstTheSumOfItsScope() {
        for (int batch = 0; batch < 16; batch++) {
            var events = new ArrayList<Event>();
            for (int left = 1 + random.nextInt(5); left > 0; left--) {
                events.add(event(batch + "-" + left));
            }
            LogWriter.atOnce("paper", events);
            for (JsonNode item : items("/reconciliation")) {
                assertThat(item.at("/ledger/best").asLong())
                        .as("seed %d, batch %d: %s", seed, batch, item)
                        .isEqualTo(received(item.at("/scope/until").asText()));
            }
        }
        var found = 0;
        List<JsonNode> changes = items("/changes?limit=1000");
        for (JsonNode change : changes) {
            if (change.at("/kind").asText().equals("claim")) {
                JsonNode then = isLastOfItsMoment(change, changes) ? itemThen(change) : NOTHING;
                assertThat(change.at("/findings/reconciliation"))
                        .as("seed %d: %s", seed, change)
                        .isEqualTo(then);
                found += then.isMissingNode() ? 0 : 1;
            }
        }
        assertThat(found).as("seed %d", seed).isPositive();
        assertThat(pageByPage()).as("seed %d", seed).isEqualTo(items("/changes?limit=1000"));
    }

    /// Of one claim, events come by their offsets.
    private static boolean isLastOfItsMoment(JsonNode change, List<JsonNode> changes) {
        return changes.stream()
                .filter(it -> it.at("/id").equals(change.at("/id")))
                .filter(it -> it.at("/event/recordedAt").equals(change.at("/event/recordedAt")))
                .allMatch(
                        it ->
                                it.at("/event/offset").asLong()
                                        <= change.at("/event/offset").asLong());
    }

    private long received(String until) {
        return story.ours("/totals/UA?asOf=" + until)
                .at("/parties/0/totals/0/received/best")
                .asLong();
    }

    /// The same from the list, by the second clock.
    private JsonNode itemThen(JsonNode change) {
        String at = change.at("/event/recordedAt").asText();
        for (JsonNode item : items("/reconciliation?knownAt=" + at)) {
            if (item.at("/claim").equals(change.at("/id"))
                    && !item.at("/verdict").asText().equals("agrees")) {
                var brief = (ObjectNode) item.deepCopy();
                brief.remove(List.of("claim", "claimant", "statedOn", "explanations"));
                return brief;
            }
        }
        return NOTHING;
    }

    private List<JsonNode> pageByPage() {
        var read = new ArrayList<JsonNode>();
        Answer page = story.ours("/changes?limit=" + (1 + random.nextInt(7)));
        while (!page.at("/items").isEmpty()) {
            page.at("/items").forEach(read::add);
            page = story.get(page.text("/next"));
        }
        return read;
    }

    private List<JsonNode> items(String path) {
        return story.ours(path).at("/items").valueStream().toList();
    }

    private Event event(String name) {
        String exchange = story.id("x" + random.nextInt(6));
        String claim = story.id("c" + random.nextInt(6));
        String day = "2025-07-1" + random.nextInt(5);
        String statement = story.exchange(day, transfer("RU", "UA", "remains", random.nextInt(20)));
        String total = total(day, random.nextInt(60));
        return switch (random.nextInt(8)) {
            case 0, 1 -> event(name, "exchange.reported", exchange, statement);
            case 2 ->
                    event(
                            name,
                            "exchange.corrected",
                            exchange,
                            "{\"reason\":\"recounted\",\"exchange\":" + statement + "}");
            case 3 ->
                    event(
                            name,
                            random.nextBoolean() ? "exchange.retracted" : "claim.retracted",
                            random.nextBoolean() ? exchange : claim,
                            "{\"reason\":\"untrue\"}");
            case 4 ->
                    event(
                            name,
                            "claim.corrected",
                            claim,
                            "{\"reason\":\"misheard\",\"claim\":" + total + "}");
            default -> event(name, "claim.made", claim, total);
        };
    }

    private Event event(String name, String type, String subject, String data) {
        return new Event(type, "publisher", story.id(name), subject, data);
    }

    private JsonNode findings(String name) {
        return change(name).at("/findings");
    }

    /// What the feed first tells of it.
    private JsonNode change(String name) {
        return items("/changes?limit=1000").stream()
                .filter(it -> it.at("/id").asText().equals(story.id(name)))
                .findFirst()
                .orElseThrow();
    }

    private void reports(String name, String day, int count) {
        story.paper()
                .reports(
                        story.id(name),
                        story.exchange(day, transfer("RU", "UA", "remains", count)));
    }

    private void says(String claim, String day, int count) {
        story.paper().claims(story.id(claim), total(day, count));
    }

    private String total(String day, int count) {
        return story.claim(
                "Ann",
                "UA",
                day,
                "{}",
                "{\"kind\":\"total\",\"from\":\"RU\",\"to\":\"UA\",\"categories\":[\"remains\"],"
                        + "\"count\":%d}".formatted(count));
    }
}
