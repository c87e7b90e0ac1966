package parley.ledger.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static parley.ledger.door.Story.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import parley.contract.Topic;

/// What becomes of each record of the log, also of those that nobody should have written.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
class RecordsIT {
    private final Story story = Story.ofConflict();
    private final String exchange = story.id("x");

    @Test
    void aStrangersCorrectionIsRejectedAndListedAndAnEditorsIsApplied() {
        story.paper().reports(exchange, remains(1000));
        RecordMetadata strange = story.rival().corrects(exchange, remains(1));

        assertThat(story.best("UA", "received")).isEqualTo("1000");
        assertThat(reason(strange)).contains("another publisher");

        story.editor().corrects(exchange, remains(1003));
        assertThat(story.best("UA", "received")).isEqualTo("1003");
    }

    @Test
    void aLineAboutARejectedRecordHasItsNameAndItsPlaceAsFieldsAndNothingThatItSays() {
        story.paper().reports(exchange, remains(1000));
        try (var logged = new LoggedLines("parley.ledger.books")) {
            RecordMetadata strange =
                    story.rival().underKey(story.id("strange")).corrects(exchange, remains(1));

            await().untilAsserted(
                            () ->
                                    assertThat(logged.lines())
                                            .extracting(RecordsIT::nameAndPlace)
                                            .contains(
                                                    Answer.json(
                                                            """
                                                            {"eventId":"%s","source":"/publishers/rival",
                                                             "topic":"%s","partition":"%d","offset":"%d"}"""
                                                                    .formatted(
                                                                            story.id("strange"),
                                                                            strange.topic(),
                                                                            strange.partition(),
                                                                            strange.offset()))));
            assertThat(logged.lines()).noneMatch(line -> line.toString().contains("transfers"));
        }
    }

    @Test
    void onlyAnEditorMergesAndAMergeThatWouldMakeARingIsRejected() {
        var other = story.id("other");
        story.paper().reports(exchange, remains(1000));
        story.paper().reports(other, remains(1000));
        RecordMetadata publishers = story.paper().merges(other, exchange);
        story.editor().merges(other, exchange);
        RecordMetadata ring = story.editor().merges(exchange, other);

        assertThat(story.best("UA", "received")).isEqualTo("1000");
        assertThat(reason(publishers)).contains("editor");
        assertThat(reason(ring)).contains("ring");
    }

    @Test
    void aSecondReportOfAnIdIsRejected() {
        story.paper().reports(exchange, remains(1000));
        RecordMetadata second = story.paper().reports(exchange, remains(5));

        assertThat(story.best("UA", "received")).isEqualTo("1000");
        assertThat(reason(second)).contains("correct it instead");
    }

    @Test
    void anExchangeBeforeItsConflictIsRejectedUntilTheConflictIsDefined() {
        var late = new Story();
        RecordMetadata early =
                late.paper()
                        .reports(
                                late.id("x"),
                                late.exchange("2025-07-17", transfer("RU", "UA", "remains", 1000)));
        assertThat(reason(early)).contains("is not defined");
        assertThat(late.ours("/totals").status()).isEqualTo(404);

        late.define("UA", "RU");

        assertThat(late.best("UA", "received")).isEqualTo("1000");
        assertThat(isRejected(early)).isFalse();
    }

    @Test
    void aRecordThatIsNoEventIsListedWithItsCoordinatesAndHoldsUpNone() {
        var headers = headers("exchange.reported", exchange);
        byte[] statement = remains(1).getBytes(UTF_8);

        RecordMetadata notJson = garbage(headers, "not JSON".getBytes(UTF_8));
        RecordMetadata bare = garbage(Map.of(), statement);
        RecordMetadata nothing = garbage(headers, null);
        RecordMetadata unknown = garbage(headers("exchange.imagined", exchange), statement);
        RecordMetadata astray = garbage(headers("claim.made", exchange), statement);
        RecordMetadata invalid =
                garbage(headers, remains(1).replace("\"count\":1", "\"count\":-1").getBytes(UTF_8));
        RecordMetadata nul = garbage(headers("exchange.reported", "x\0y"), statement);
        RecordMetadata nulInside =
                garbage(headers, remains(1).replace("Report", "Re\0port").getBytes(UTF_8));
        RecordMetadata longId =
                garbage(headers("exchange.reported", "x".repeat(100_000)), statement);
        RecordMetadata noUtf8 = garbage(headers, new byte[] {(byte) 0xC3, 0x28, 0, (byte) 0xFF});
        RecordMetadata jsonNull = garbage(headers, "null".getBytes(UTF_8));
        story.paper().reports(exchange, remains(1000));

        assertThat(story.best("UA", "received")).isEqualTo("1000");
        assertThat(reason(notJson)).isNotEmpty();
        assertThat(reason(bare)).contains("ce_type");
        assertThat(reason(nothing)).contains("no value");
        assertThat(reason(unknown)).contains("exchange.imagined");
        assertThat(reason(astray)).contains("claim-events");
        assertThat(reason(invalid)).contains("count");
        assertThat(reason(nul)).isNotEmpty();
        assertThat(reason(nulInside)).isNotEmpty();
        assertThat(reason(longId)).contains("subject");
        assertThat(reason(noUtf8)).isNotEmpty();
        assertThat(reason(jsonNull)).contains("null");
    }

    @Test
    void aStatementThatItsConflictDoesNotAllowIsRejectedWithAllReasons() {
        RecordMetadata strangers =
                story.paper()
                        .reports(
                                exchange,
                                story.exchange(
                                        "2025-07-17",
                                        transfer("XX", "UA", "remains", 1),
                                        transfer("UA", "YY", "remains", 1)));

        assertThat(reason(strangers)).contains("`XX` is not a party").contains("`YY` is not");
    }

    @Test
    void rejectionsCanBePagedThroughWithoutLossOrRepetition() {
        for (int count = 0; count < 3; count++) {
            garbage(Map.of(), "{}".getBytes(UTF_8));
        }
        var all = story.get("/v1/rejections?limit=1000").items("/offset").size();
        var seen = new HashSet<String>();

        String next = "/v1/rejections?limit=2";
        while (next != null) {
            Answer page = story.get(next);
            page.json().path("items").forEach(it -> assertThat(seen.add(coordinates(it))).isTrue());
            next = page.at("/next").isNull() ? null : page.text("/next");
        }

        assertThat(seen).hasSize(all);
    }

    @Test
    void anEventThatComesAgainIsADuplicateAndOneOfItsNameThatSaysSomethingElseIsRejected() {
        var key = story.id("key");
        story.paper().underKey(key).reports(exchange, remains(1000));
        story.paper().underKey(key).reports(exchange, remains(1000));
        story.paper().underKey(key).corrects(exchange, remains(5));
        story.paper().underKey(key).reports(story.id("another"), remains(7));

        Answer answer = story.get("/v1/events/" + key);

        assertThat(answer.text("/eventId")).isEqualTo(key);
        assertThat(answer.items("/outcome"))
                .containsExactlyInAnyOrder("applied", "duplicate", "rejected", "applied");
        assertThat(answer.at("/items/0/source").asText()).isEqualTo("/publishers/paper");
        assertThat(story.best("UA", "received")).isEqualTo("1007");
    }

    @Test
    void anEventThatWasNotReadIsNotFound() {
        Answer answer = story.get("/v1/events/" + story.id("nobody"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text("/detail")).contains(story.id("nobody"));
    }

    private String remains(int count) {
        return story.exchange("2025-07-17", transfer("RU", "UA", "remains", count));
    }

    private Map<String, String> headers(String type, String subject) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("ce_id", story.id("g"));
        headers.put("ce_source", "/publishers/paper");
        headers.put("ce_type", type);
        headers.put("ce_subject", subject);
        headers.put("ce_time", "2025-07-17T12:00:00Z");
        return headers;
    }

    private RecordMetadata garbage(Map<String, String> headers, byte @Nullable [] value) {
        return LogWriter.record(Topic.EXCHANGE_EVENTS, exchange, headers, value);
    }

    private String reason(RecordMetadata record) {
        return rejection(record).path("reason").asText();
    }

    private boolean isRejected(RecordMetadata record) {
        return !rejection(record).isMissingNode();
    }

    private JsonNode rejection(RecordMetadata record) {
        String wanted = record.topic() + "-" + record.partition() + "-" + record.offset();
        return story.get("/v1/rejections?limit=1000")
                .json()
                .path("items")
                .valueStream()
                .filter(it -> coordinates(it).equals(wanted))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /// Beside them is the trace, where traces are recorded.
    private static JsonNode nameAndPlace(JsonNode line) {
        return ((ObjectNode) line.path("mdc"))
                .retain("eventId", "source", "topic", "partition", "offset");
    }

    private static String coordinates(JsonNode it) {
        return it.path("topic").asText() + "-" + it.path("partition") + "-" + it.path("offset");
    }
}
