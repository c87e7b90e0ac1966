package parley.ingest.door;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.contract.EventCodec;
import parley.contract.EventType;
import parley.ingest.door.Newsroom.Answer;

/// The typed calls, from the request to the record on the log.
@QuarkusTest
@QuarkusTestResource(LogAndKeys.class)
class DoorIT {
    private final Newsroom paper = Newsroom.publisher("paper");
    private final Newsroom editor = Newsroom.editor();

    @BeforeEach
    void defineTheConflict() {
        Ready.await();
        assertThat(editor.put("/v1/conflicts/ru-ua", Bodies.CONFLICT).status()).isEqualTo(202);
    }

    @Test
    void aReportStandsOnTheLogAsACloudEvent() throws Exception {
        Answer answer =
                paper.post(
                        "/v1/exchanges",
                        Bodies.exchange("\"exchangeId\":\"x-1\","),
                        "Idempotency-Key",
                        "key 1",
                        "traceparent",
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.at("/eventId").asText()).isEqualTo("key 1");
        assertThat(answer.at("/subject").asText()).isEqualTo("x-1");
        assertThat(answer.header("Ledger-Position")).isEqualTo(answer.at("/position").asText());
        ConsumerRecord<String, byte[]> record = LogReader.before(answer.at("/position").asText());
        assertThat(record.topic()).isEqualTo("exchange-events");
        assertThat(record.key()).isEqualTo("x-1");
        assertThat(LogReader.header(record, "ce_specversion")).isEqualTo("1.0");
        assertThat(LogReader.header(record, "ce_id")).isEqualTo("key 1");
        assertThat(LogReader.header(record, "ce_source")).isEqualTo("/publishers/paper");
        assertThat(LogReader.header(record, "ce_type")).isEqualTo("exchange.reported");
        assertThat(LogReader.header(record, "ce_subject")).isEqualTo("x-1");
        assertThat(LogReader.header(record, "ce_dataschema"))
                .isEqualTo("https://ingest.example.org/v1/schemas/exchange.reported");
        assertThat(LogReader.header(record, "ce_authority")).isEqualTo("publisher");
        assertThat(LogReader.header(record, "content-type")).isEqualTo("application/json");
        assertThat(LogReader.header(record, "traceparent"))
                .startsWith("00-0af7651916cd43dd8448eb211c80319c-");
        assertThat(Instant.parse(LogReader.header(record, "ce_time")))
                .isBetween(Instant.EPOCH, Instant.ofEpochMilli(record.timestamp() + 1));
        assertThat(record.timestampType().name).isEqualTo("LogAppendTime");
        assertThat(EventCodec.read(EventType.EXCHANGE_REPORTED, record.value()))
                .isEqualTo(
                        EventCodec.read(
                                EventType.EXCHANGE_REPORTED, Bodies.exchange("").getBytes(UTF_8)));
        assertThat(LogReader.value(record).has("exchangeId")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/exchanges/x-2/corrections   | exchange.corrected   | exchange-events | x-2",
                "/v1/exchanges/x-2/retraction    | exchange.retracted   | exchange-events | x-2",
                "/v1/exchanges/x-2/merge         | exchange.merged      | exchange-events | x-2",
                "/v1/agreements                  | agreement.reported   | exchange-events | a-1",
                "/v1/agreements/a-1/corrections  | agreement.corrected  | exchange-events | a-1",
                "/v1/agreements/a-1/retraction   | agreement.retracted  | exchange-events | a-1",
                "/v1/claims                      | claim.made           | claim-events    | c-1",
                "/v1/claims/c-1/corrections      | claim.corrected      | claim-events    | c-1",
                "/v1/claims/c-1/retraction       | claim.retracted      | claim-events    | c-1",
            })
    void everyTypedCallPutsItsEventOnItsTopic(
            String path, String type, String topic, String subject) throws Exception {
        String body =
                switch (type) {
                    case "exchange.corrected" ->
                            "{\"reason\":\"r\",\"exchange\":" + Bodies.exchange("") + "}";
                    case "agreement.corrected" ->
                            "{\"reason\":\"r\",\"agreement\":" + Bodies.agreement("") + "}";
                    case "claim.corrected" ->
                            "{\"reason\":\"r\",\"claim\":" + Bodies.claim("") + "}";
                    case "exchange.merged" -> "{\"into\":\"x-1\",\"reason\":\"r\"}";
                    case "agreement.reported" -> Bodies.agreement("\"agreementId\":\"a-1\",");
                    case "claim.made" -> Bodies.claim("\"claimId\":\"c-1\",");
                    default -> "{\"reason\":\"r\"}";
                };

        Answer answer = editor.post(path, body);

        assertThat(answer.status()).isEqualTo(202);
        ConsumerRecord<String, byte[]> record = LogReader.before(answer.at("/position").asText());
        assertThat(record.topic()).isEqualTo(topic);
        assertThat(record.key()).isEqualTo(subject);
        assertThat(LogReader.header(record, "ce_type")).isEqualTo(type);
        assertThat(LogReader.header(record, "ce_authority")).isEqualTo("editor");
        assertThat(EventCodec.read(EventType.of(type).orElseThrow(), record.value())).isNotNull();
    }

    @Test
    void aDefinitionOfAConflictStandsUnderItsId() {
        Answer answer = editor.put("/v1/conflicts/il-hamas", Bodies.CONFLICT);

        assertThat(answer.at("/subject").asText()).isEqualTo("il-hamas");
        ConsumerRecord<String, byte[]> record = LogReader.before(answer.at("/position").asText());
        assertThat(record.topic()).isEqualTo("conflicts");
        assertThat(record.key()).isEqualTo("il-hamas");
        assertThat(LogReader.header(record, "ce_type")).isEqualTo("conflict.defined");
    }

    @Test
    void theSameKeyGivesTheSameEventOfTheSameThing() {
        Answer first = paper.post("/v1/exchanges", Bodies.exchange(""), "Idempotency-Key", "k-7");
        Answer again = paper.post("/v1/exchanges", Bodies.exchange(""), "Idempotency-Key", "k-7");
        Answer other =
                Newsroom.publisher("other")
                        .post("/v1/exchanges", Bodies.exchange(""), "Idempotency-Key", "k-7");

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.at("/eventId")).isEqualTo(first.at("/eventId"));
        assertThat(again.at("/subject")).isEqualTo(first.at("/subject"));
        assertThat(other.at("/subject")).isNotEqualTo(first.at("/subject"));
    }

    @Test
    void withoutAKeyEveryCallIsAnEventOfItsOwn() {
        Answer first = paper.post("/v1/claims", Bodies.claim(""));
        Answer second = paper.post("/v1/claims", Bodies.claim(""));

        assertThat(first.at("/eventId")).isNotEqualTo(second.at("/eventId"));
        assertThat(first.at("/subject")).isNotEqualTo(second.at("/subject"));
        assertThat(first.at("/eventId").asText()).matches(".{14}7.*");
    }

    @Test
    void aStatementThatIsWrongIsRefusedWithAllThatIsWrong() {
        String body =
                Bodies.exchange("\"exchangeId\":\"not an id\",")
                        .replace("\"from\":\"RU\"", "\"from\":\"RUS\"")
                        .replace("\"count\":19", "\"coumt\":19");

        Answer answer = paper.post("/v1/exchanges", body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.at("/type").asText()).isEqualTo("/v1/problems/invalid-statement");
        assertThat(answer.at("/status").asInt()).isEqualTo(422);
        assertThat(answer.json().path("errors").valueStream().map(e -> e.path("pointer").asText()))
                .containsExactlyInAnyOrder(
                        "/exchangeId",
                        "/transfers/0/from",
                        "/transfers/1/coumt",
                        "/transfers/1/count");
        assertThat(answer.json().path("errors").valueStream().map(e -> e.path("detail").asText()))
                .anyMatch(detail -> detail.contains("Did you mean RU?"));
    }

    @Test
    void aCorrectionHoldsNoIdAndAnUnknownConflictIsNoConflict() {
        String withId =
                "{\"reason\":\"r\",\"exchange\":%s}"
                        .formatted(Bodies.exchange("\"exchangeId\":\"x-1\","));
        String elsewhere = Bodies.exchange("").replace("\"ru-ua\"", "\"ru-au\"");

        Answer withIdAnswer = paper.post("/v1/exchanges/x-1/corrections", withId);
        Answer elsewhereAnswer = paper.post("/v1/exchanges", elsewhere);

        assertThat(withIdAnswer.at("/errors/0/pointer").asText()).isEqualTo("/exchange/exchangeId");
        JsonNode error = elsewhereAnswer.at("/errors/0");
        assertThat(error.path("pointer").asText()).isEqualTo("/conflict");
        assertThat(error.path("detail").asText()).contains("PUT /v1/conflicts/ru-au");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/exchanges              | application/json | {                  | 400 | /v1/problems/unreadable",
                "/v1/exchanges              | application/json | {\"a\":1,\"a\":2}  | 400 | /v1/problems/unreadable",
                "/v1/exchanges              | application/json | {} {}              | 400 | /v1/problems/unreadable",
                "/v1/exchanges              | application/json | []                 | 400 | /v1/problems/unreadable",
                "/v1/exchanges/a b/retraction | application/json | {\"reason\":\"r\"} | 400 | /v1/problems/unreadable",
                "/v1/exchanges              | text/plain       | {}                 | 415 | /v1/problems/unsupported-type",
                "/v1/exchanges              | json             | {}                 | 415 | /v1/problems/unsupported-type",
                "/v1/events                 | json             | {}                 | 415 | /v1/problems/unsupported-type",
                "/v1/events                 | ;                | {}                 | 415 | /v1/problems/unsupported-type",
                "/v1/events                 | */*              | {}                 | 415 | /v1/problems/unsupported-type",
                "/v1/exchanges/x/retractions | application/json | {}                | 404 | /v1/problems/not-found",
                "/v1/nothing                | application/json | {}                 | 404 | /v1/problems/not-found",
                "/v1/schemas                | application/json | {}                 | 405 | /v1/problems/method-not-allowed",
            })
    void whatCannotBeTakenIsAProblem(
            String path, String type, String body, int status, String problem) {
        Answer answer = paper.send("POST", path.replace(" ", "%20"), type, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.at("/type").asText()).isEqualTo(problem);
        assertThat(answer.at("/detail").asText()).isNotEmpty();
        Answer page = paper.get(problem);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.response().body()).startsWith(String.valueOf(status));
    }

    /// Quarkus refuses it before it is routed to anything, and says nothing.
    @Test
    void anAddressThatIsNoneIsRefusedWithoutAWord() {
        for (String path : List.of("/v1/exchanges/%zz/retraction", "/v1/schemas?x=%")) {
            try (var client = new RawClient()) {
                client.send(RawClient.head(path, Newsroom.JSON, 0, ""));
                await().atMost(Duration.ofSeconds(10)).until(client::hasAnswer);

                assertThat(client.answer()).startsWith("HTTP/1.1 400 ").endsWith("\r\n\r\n");
            }
        }
    }

    @Test
    void aBodyThatDoesNotSayWhatItIsIsRefusedOnceItIsKnownWhoCalls() {
        String untyped =
                RawClient.head("/v1/events", "TYPE", 2, Newsroom.token("paper", "publisher"))
                        .replace("Content-Type: TYPE\r\n", "");

        assertThat(answer(untyped + "{}"))
                .startsWith("HTTP/1.1 415 ")
                .contains("There is no header Content-Type:");
        assertThat(answer(untyped.replaceFirst("Authorization: .*\r\n", "") + "{}"))
                .startsWith("HTTP/1.1 401 ");
        assertThat(answer(untyped.replace("events", "nothing") + "{}")).startsWith("HTTP/1.1 404 ");
    }

    private static String answer(String request) {
        try (var client = new RawClient()) {
            client.send(request);
            await().until(client::hasAnswer);
            return client.answer();
        }
    }

    @Test
    void aCompressedBodyIsRefusedRatherThanReadAsItStands() {
        Answer answer =
                paper.send(
                        "POST",
                        "/v1/events",
                        "application/x-ndjson",
                        "{}",
                        "Content-Encoding",
                        "gzip");

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.at("/detail").asText()).contains("Content-Encoding");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "2025-07-17            | 2025-02-30              | 422 | /occurredOn",
                "\"exchangeId\":\"x-1\" | \"exchangeId\":\"x\u202e1\" | 422 | /exchangeId",
                "\"exchangeId\":\"x-1\" | \"exchangeId\":\"x\u200b1\" | 422 | /exchangeId",
                "\"exchangeId\":\"x-1\" | \"exchangeID\":\"x-1\"   | 422 | /exchangeID",
                "\"exchangeId\":\"x-1\" | \"exchangeId\":7         | 422 | /exchangeId",
                "\"summary\":\"…\"     | \"summary\":\"\u202e\"    | 422 | /summary",
                "\"summary\":\"…\"     | \"summary\":\"\\u0000\"   | 422 | /summary",
                "\"count\":19          | \"count\":1e999          | 422 | /transfers/1/count",
                "\"count\":19          | \"count\":99999999999999999999 | 422 | /transfers/1/count",
                "\"count\":19          | \"count\":NaN            | 400 | §§",
                "\"count\":19          | \"count\":19,\"count\":19 | 400 | §§",
            })
    void whatNobodyShouldSendIsRefusedWithItsPlace(
            String found, String replaced, int status, String pointer) {
        String body = Bodies.exchange("\"exchangeId\":\"x-1\",");
        assertThat(body).contains(found);

        Answer answer = paper.post("/v1/exchanges", body.replace(found, replaced));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.at("/errors/0/pointer").asText()).isEqualTo(pointer);
    }

    @Test
    void whatIsNotUtf8OrNestsTooDeeplyOrIsGiantIsRefused() {
        byte[] latin = Bodies.exchange("").replace("…", "é").getBytes(ISO_8859_1);
        String deep = Bodies.exchange("\"x\":" + "[".repeat(60) + "]".repeat(60) + ",");
        String giant = Bodies.exchange("").replace("…", "x".repeat(1_000_000));
        String digits = Bodies.exchange("").replace(":19", ":" + "9".repeat(100_000));

        for (byte[] unreadable :
                new byte[][] {
                    latin,
                    Bodies.exchange("").getBytes(UTF_16LE),
                    deep.getBytes(UTF_8),
                    digits.getBytes(UTF_8)
                }) {
            Answer answer =
                    paper.send(
                            "POST",
                            "/v1/exchanges",
                            Newsroom.JSON,
                            BodyPublishers.ofByteArray(unreadable));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.at("/type").asText()).isEqualTo("/v1/problems/unreadable");
        }
        Answer answer = paper.post("/v1/exchanges", giant);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("/errors/0/detail").asText())
                .startsWith("Found 1000000 characters, more than 4000");
        assertThat(answer.response().body()).hasSizeLessThan(1_000);
    }

    @Test
    void aBodyThatIsTooLargeAndAKeyThatIsNoneAreProblems() {
        String large = Bodies.exchange("\"x\":\"" + "x".repeat(1 << 20) + "\",");

        assertThat(paper.post("/v1/exchanges", large).status()).isEqualTo(413);
        assertThat(
                        paper.post(
                                        "/v1/exchanges",
                                        Bodies.exchange(""),
                                        "Idempotency-Key",
                                        "k".repeat(257))
                                .status())
                .isEqualTo(400);
    }

    @Test
    void onlyWhoMayIsLetIn() {
        Newsroom nobody = Newsroom.withToken("");
        Newsroom forger = Newsroom.withToken(Newsroom.token("paper", "publisher") + "x");
        Newsroom reader = Newsroom.withToken(Newsroom.token("paper", "reader"));
        Newsroom nameless = Newsroom.withToken(Newsroom.token("a newsroom", "publisher"));

        for (Newsroom stranger : new Newsroom[] {nobody, forger}) {
            Answer answer = stranger.post("/v1/exchanges", Bodies.exchange(""));
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
            assertThat(answer.at("/type").asText()).isEqualTo("/v1/problems/unauthenticated");
        }
        for (Newsroom stranger : new Newsroom[] {reader, nameless}) {
            Answer answer = stranger.post("/v1/exchanges", Bodies.exchange(""));
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.at("/type").asText()).isEqualTo("/v1/problems/forbidden");
        }
        assertThat(paper.put("/v1/conflicts/ru-ua", Bodies.CONFLICT).status()).isEqualTo(403);
        assertThat(
                        paper.post("/v1/exchanges/x/merge", "{\"into\":\"y\",\"reason\":\"r\"}")
                                .status())
                .isEqualTo(403);
    }

    /// A publisher has 16 MiB for long bodies that are coming in, each of which may have 1 MiB.
    @Test
    void whoFindsNoRoomForALongBodyIsToldToComeAgainAndKeepsNobodyElseOut() {
        String longBody = " ".repeat(20 << 10) + Bodies.exchange("");
        List<RawClient> many = new ArrayList<>();
        try {
            for (int number = 0; number < 16; number++) {
                many.add(silentAfter(20 << 10));
            }
            await().atMost(Duration.ofSeconds(20))
                    .until(
                            () ->
                                    Newsroom.publisher("slow")
                                                    .post("/v1/exchanges", longBody)
                                                    .status()
                                            == 503);
            Answer refused = Newsroom.publisher("slow").post("/v1/exchanges", longBody);

            assertThat(paper.post("/v1/exchanges", longBody).status()).isEqualTo(202);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isNotEmpty();
            assertThat(refused.at("/type").asText()).isEqualTo("/v1/problems/overloaded");
        } finally {
            many.forEach(RawClient::close);
        }
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () ->
                                Newsroom.publisher("slow").post("/v1/exchanges", longBody).status()
                                        == 202);
    }

    private static RawClient silentAfter(int bytes) {
        var client = new RawClient();
        client.send(
                RawClient.head(
                        "/v1/exchanges",
                        Newsroom.JSON,
                        1 << 20,
                        Newsroom.token("slow", "publisher")));
        client.send(" ".repeat(bytes));
        return client;
    }
}
