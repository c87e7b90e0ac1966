package parley.ingest.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.contract.LogPosition;
import parley.contract.Topic;
import parley.ingest.door.Newsroom.Answer;

/// Events as CloudEvents, one by one and many at once.
@QuarkusTest
@QuarkusTestResource(LogAndKeys.class)
class EventsIT {
    private static final String LINES = "application/x-ndjson";
    private static final String ONE = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";

    private final Newsroom paper = Newsroom.publisher("paper");
    private final Newsroom editor = Newsroom.editor();

    @BeforeEach
    void defineTheConflict() {
        Ready.await();
        assertThat(editor.put("/v1/conflicts/ru-ua", Bodies.CONFLICT).status()).isEqualTo(202);
    }

    @Test
    void goodLinesStandAndBadOnesAreToldByTheirNumber() {
        String good = report("g-1");
        String stream =
                String.join(
                        "\n",
                        good,
                        "",
                        "{not json",
                        good.replace("\"RU\"", "\"RUS\""),
                        "  ",
                        "x".repeat((1 << 20) + 1),
                        "[]",
                        Bodies.event("\"type\":\"exchange.merged\",\"subject\":\"x\"", "{}"),
                        Bodies.event("\"type\":\"exchange.told\",\"subject\":\"x\"", "{}"),
                        report("g-2")
                                .replace("\"1.0\"", "\"1.0\",\"source\":\"/publishers/other\""),
                        report("g-3")
                                .replace("\"1.0\"", "\"1.0\",\"source\":\"/publishers/paper\""));

        Answer answer = paper.send("POST", "/v1/events", LINES, stream);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/accepted").asInt()).isEqualTo(2);
        assertThat(answer.at("/rejected").asInt()).isEqualTo(7);
        assertThat(answer.at("/problems").valueStream().map(EventsIT::lineAndStatus))
                .containsExactly("3 400", "4 422", "6 413", "7 400", "8 403", "9 422", "10 422");
        assertThat(answer.at("/problems/1/id").asText()).isEqualTo("id-g-1");
        assertThat(
                        answer.at("/problems/1/errors")
                                .valueStream()
                                .map(e -> e.path("pointer").asText()))
                .contains("/data/transfers/0/from");
        assertThat(answer.header("Ledger-Position")).isEqualTo(answer.at("/position").asText());
        assertThat(LogPosition.parse(answer.at("/position").asText()))
                .isNotEqualTo(LogPosition.START);
    }

    @Test
    void aConflictDefinedEarlierInTheStreamCountsAsDefined() {
        String claim =
                Bodies.event(
                        "\"type\":\"claim.made\",\"subject\":\"c-9\"",
                        Bodies.claim("").replace("ru-ua", "new-one"));
        String stream =
                claim
                        + "\n"
                        + Bodies.event(
                                "\"type\":\"conflict.defined\",\"subject\":\"new-one\"",
                                Bodies.CONFLICT)
                        + "\n"
                        + claim;

        Answer answer = editor.send("POST", "/v1/events", LINES, stream);

        assertThat(answer.at("/accepted").asInt()).isEqualTo(2);
        assertThat(answer.at("/problems").valueStream().map(EventsIT::lineAndStatus))
                .containsExactly("1 422");
        LogPosition position = LogPosition.parse(answer.at("/position").asText());
        assertThat(position.nextOffset(Topic.CONFLICTS, 0)).isPositive();
    }

    @Test
    void aDefinitionHoldsForWhatStandsBehindItInTheStreamAndForNothingBefore() {
        String definition = definition(Bodies.CONFLICT);
        String other = definition(Bodies.CONFLICT.replace("\"RU\"", "\"BY\""));
        String claim =
                Bodies.event(
                        "\"type\":\"claim.made\",\"subject\":\"c-10\"",
                        Bodies.claim("").replace("ru-ua", "turned"));
        String stream = String.join("\n", definition, claim, other, claim, definition, claim);

        Answer answer = editor.send("POST", "/v1/events", LINES, stream);

        assertThat(answer.at("/problems").valueStream().map(EventsIT::lineAndStatus))
                .containsExactly("4 422");
        assertThat(answer.at("/accepted").asInt()).isEqualTo(5);
    }

    @Test
    void theLinesAboutOneThingStandOnTheLogInTheirOrder() {
        List<String> ids = IntStream.range(0, 500).mapToObj(number -> "o-" + number).toList();
        String stream = ids.stream().map(EventsIT::claim).collect(Collectors.joining("\n"));

        Answer answer = paper.send("POST", "/v1/events", LINES, stream);

        assertThat(answer.at("/accepted").asInt()).isEqualTo(ids.size());
        assertThat(LogReader.before(answer.at("/position").asText(), ids.size()))
                .extracting(it -> LogReader.header(it, "ce_id"))
                .isEqualTo(ids);
    }

    @Test
    void onlyTheFirstHundredProblemsAreTold() {
        String stream = "{}\n".repeat(150) + report("h-1");

        Answer answer = paper.send("POST", "/v1/events", LINES, stream);

        assertThat(answer.at("/rejected").asInt()).isEqualTo(150);
        assertThat(answer.at("/problems")).hasSize(100);
        assertThat(answer.at("/accepted").asInt()).isEqualTo(1);
    }

    @Test
    void aStreamOfNothingButFaultsIsAnsweredShortly() {
        String unknown =
                IntStream.range(0, 90)
                        .mapToObj(number -> "\"%s%d\":0".formatted("я".repeat(90), number))
                        .collect(Collectors.joining(","));
        String line =
                """
                {"specversion":"1.0","type":"exchange.reported","subject":"x","data":{"transfers":[%s{}]}}
                """
                        .formatted(("{" + unknown + "},").repeat(11));

        Answer answer = paper.send("POST", "/v1/events", LINES, line.repeat(100));

        assertThat(answer.at("/problems")).hasSize(100);
        assertThat(answer.at("/problems/0/errors")).hasSizeGreaterThan(500);
        assertThat(answer.at("/problems/99/errors")).isEmpty();
        assertThat(answer.at("/problems/99/detail").asText()).contains("send it alone");
        assertThat(answer.response().body().length()).isLessThan(1 << 20);
    }

    @Test
    void aLongStreamIsAnsweredWhenAllOfItIsAcknowledged() {
        String stream =
                IntStream.range(0, 20_000)
                        .mapToObj(number -> report("long-" + number))
                        .collect(Collectors.joining("\n"));

        Answer answer = paper.send("POST", "/v1/events", LINES, stream);

        assertThat(answer.at("/accepted").asInt()).isEqualTo(20_000);
        assertThat(answer.at("/rejected").asInt()).isZero();
    }

    @Test
    void anEmptyStreamIsNothing() {
        Answer answer = paper.send("POST", "/v1/events", LINES, "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/accepted").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "ce-id, twice, ce-id, The header \"ce-id\" is there 2 times",
        "ce-data, {}, ce-id, leave out the header \"ce-data\"",
        "ce-datacontenttype, text/xml, ce-id, leave out the header \"ce-datacontenttype\"",
    })
    void headersThatContradictWhatElseTheRequestSaysAreRefused(
            String name, String value, String other, String told) {
        Answer answer =
                paper.post(
                        "/v1/events",
                        Bodies.exchange(""),
                        "ce-type",
                        "exchange.reported",
                        other,
                        "once",
                        name,
                        value);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/detail").asText()).contains(told);
    }

    @Test
    void oneEventIsTakenInEachOfItsForms() {
        String encoded =
                "{\"specversion\":\"1.0\",\"id\":\"b64\",\"type\":\"exchange.reported\",\"subject\":\"x-5\",\"data_base64\":\"%s\"}"
                        .formatted(
                                Base64.getEncoder()
                                        .encodeToString(Bodies.exchange("").getBytes(UTF_8)));

        Answer structured = paper.send("POST", "/v1/events", ONE, report("x-5"));
        Answer inBase64 = paper.send("POST", "/v1/events", ONE, encoded);
        Answer binary =
                paper.post(
                        "/v1/events",
                        Bodies.exchange(""),
                        "ce-specversion",
                        "1.0",
                        "ce-id",
                        "100%25+",
                        "ce-type",
                        "exchange.reported",
                        "ce-subject",
                        "x-5");

        assertThat(structured.status()).isEqualTo(202);
        assertThat(structured.at("/eventId").asText()).isEqualTo("id-x-5");
        assertThat(inBase64.status()).isEqualTo(202);
        assertThat(binary.status()).isEqualTo(202);
        assertThat(binary.at("/eventId").asText()).isEqualTo("100%+");
        ConsumerRecord<String, byte[]> record = LogReader.before(binary.at("/position").asText());
        assertThat(record.key()).isEqualTo("x-5");
        assertThat(LogReader.value(record))
                .isEqualTo(LogReader.value(LogReader.before(structured.at("/position").asText())));
    }

    @Test
    void theKeyOfACallIsTheIdOfAnEventThatHasNone() {
        String event = report("x-6");
        String key = "Idempotency-Key";

        Answer without =
                paper.send(
                        "POST",
                        "/v1/events",
                        ONE,
                        event.replace("\"id\":\"id-x-6\",", ""),
                        key,
                        "key-6");
        Answer with = paper.send("POST", "/v1/events", ONE, event, key, "key-6");

        assertThat(event).contains("\"id\":\"id-x-6\",");
        assertThat(without.at("/eventId").asText()).isEqualTo("key-6");
        assertThat(with.at("/eventId").asText()).isEqualTo("id-x-6");
    }

    @Test
    void oneEventThatIsWrongIsAProblemWithPointersIntoIt() {
        String wrong =
                Bodies.event(
                        "\"id\":7,\"type\":\"exchange.corrected\",\"tpye\":\"x\",\"time\":\"noon\"",
                        "{\"reason\":\"\",\"exchange\":null}");

        Answer answer = paper.send("POST", "/v1/events", ONE, wrong);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("/errors").valueStream().map(error -> error.path("pointer").asText()))
                .containsExactlyInAnyOrder(
                        "/tpye", "/id", "/time", "/subject", "/data/reason", "/data/exchange");
        assertThat(
                        paper.send(
                                        "POST",
                                        "/v1/events",
                                        ONE,
                                        Bodies.event(
                                                "\"type\":\"exchange.merged\",\"subject\":\"x\"",
                                                "{\"into\":\"y\",\"reason\":\"r\"}"))
                                .status())
                .isEqualTo(403);
    }

    @Test
    void eachEventOfABatchStandsOrFallsAlone() {
        String batch = "[%s,{},%s]".formatted(report("x-6"), report("x-7"));

        Answer answer = paper.send("POST", "/v1/events", BATCH, batch);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/accepted").asInt()).isEqualTo(2);
        assertThat(answer.at("/problems").valueStream().map(EventsIT::lineAndStatus))
                .containsExactly("2 422");
        assertThat(paper.send("POST", "/v1/events", BATCH, "{}").status()).isEqualTo(400);
    }

    @Test
    void aReportWithoutASubjectGetsOneByItsId() {
        String event =
                Bodies.event("\"id\":\"k-7\",\"type\":\"exchange.reported\"", Bodies.exchange(""));

        Answer byEvent = paper.send("POST", "/v1/events", ONE, event);
        Answer byCall = paper.post("/v1/exchanges", Bodies.exchange(""), "Idempotency-Key", "k-7");

        assertThat(byEvent.at("/subject")).isEqualTo(byCall.at("/subject"));
    }

    /// What any client of CloudEvents sends, and any reader of them finds on the log.
    @Test
    void whatTheSdkOfCloudEventsWritesIsReadAndWhatIsWrittenTheSdkReads() {
        CloudEvent event =
                CloudEventBuilder.v1()
                        .withId("sdk: 100%")
                        .withSource(URI.create("/publishers/paper"))
                        .withType("exchange.reported")
                        .withSubject("x-sdk")
                        .withTime(OffsetDateTime.parse("2025-07-17T12:00:00+02:00"))
                        .withData("application/json", Bodies.exchange("").getBytes(UTF_8))
                        .build();
        var headers = new ArrayList<String>();
        var body = new StringBuilder();
        HttpMessageFactory.createWriter(
                        (name, value) -> headers.addAll(List.of(name, value)),
                        data -> body.append(new String(data, UTF_8)))
                .writeBinary(event);
        headers.subList(headers.indexOf("Content-Type"), headers.indexOf("Content-Type") + 2)
                .clear();

        Answer structured =
                paper.send(
                        "POST",
                        "/v1/events",
                        ONE,
                        new String(new JsonFormat().serialize(event), UTF_8));
        Answer binary = paper.post("/v1/events", body.toString(), headers.toArray(String[]::new));

        for (Answer answer : List.of(structured, binary)) {
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
            CloudEvent read =
                    KafkaMessageFactory.createReader(
                                    LogReader.before(answer.at("/position").asText()))
                            .toEvent();
            assertThat(read.getId()).isEqualTo("sdk: 100%");
            assertThat(read.getSource()).isEqualTo(event.getSource());
            assertThat(read.getType()).isEqualTo("exchange.reported");
            assertThat(read.getSubject()).isEqualTo("x-sdk");
            assertThat(read.getTime()).isAfter(event.getTime());
            assertThat(read.getDataContentType()).isEqualTo("application/json");
            assertThat(read.getDataSchema())
                    .hasToString("https://ingest.example.org/v1/schemas/exchange.reported");
            assertThat(read.getExtension("authority")).isEqualTo("publisher");
            assertThat(read.getData()).isNotNull();
        }
    }

    /// The broker takes what streams bring so slowly that a backlog stands still; nobody else does.
    @Test
    void aBacklogHoldsUpNobodyElse() {
        Newsroom other = Newsroom.publisher("other");
        var backlog = new Backlog();
        var streamed = new CompletableFuture<Answer>();
        Thread.ofVirtual()
                .start(
                        () ->
                                streamed.complete(
                                        paper.send(
                                                "POST",
                                                "/v1/events",
                                                LINES,
                                                BodyPublishers.ofInputStream(() -> backlog))));
        List<Duration> taken = new ArrayList<>();
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> backlog.bytes() > 1 << 20);
            slowDown("kafka-producer-bulk-events", 20_000.0);
            await().atMost(Duration.ofSeconds(30))
                    .during(Duration.ofMillis(300))
                    .until(standsStill(backlog));
            for (int number = 0; number < 11; number++) {
                long began = System.nanoTime();
                Answer answer = other.post("/v1/exchanges", Bodies.exchange(""));
                taken.add(Duration.ofNanos(System.nanoTime() - began));

                assertThat(answer.status()).isEqualTo(202);
            }
        } finally {
            slowDown("kafka-producer-bulk-events", null);
            backlog.end();
        }

        assertThat(streamed.orTimeout(60, TimeUnit.SECONDS).join().status()).isIn(200, 503);
        assertThat(taken).allMatch(time -> time.compareTo(Duration.ofSeconds(2)) < 0);
    }

    private static Callable<Boolean> standsStill(Backlog backlog) {
        var before = new AtomicLong(-1);
        return () -> before.getAndSet(backlog.bytes()) == backlog.bytes();
    }

    /// @param bytesPerSecond what the broker takes of that client; null: as much as it sends
    private static void slowDown(String client, @Nullable Double bytesPerSecond) {
        var entity = new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, client));
        var rate = new ClientQuotaAlteration.Op("producer_byte_rate", bytesPerSecond);
        try (var admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                (Object) LogReader.brokers()))) {
            admin.alterClientQuotas(List.of(new ClientQuotaAlteration(entity, List.of(rate))))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }

    /// Seven who each try to open as many as one may have.
    @Test
    void aFewWhoOpenWhatStreamsTheyCanLeaveSomeToTheOthers() {
        List<RawClient> open = new ArrayList<>();
        double refused = refused();
        try {
            for (int number = 0; number < 7 * 16; number++) {
                open.add(RawClient.streaming("greedy-" + number / 16));
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> refused() >= refused + 12);

            Answer modest = Newsroom.publisher("modest").send("POST", "/v1/events", LINES, "");

            assertThat(modest.status()).isEqualTo(200);
        } finally {
            open.forEach(RawClient::close);
        }
    }

    private double refused() {
        return paper.get("/q/metrics")
                .response()
                .body()
                .lines()
                .filter(line -> line.startsWith("parley_ingest_requests_refused_total{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf("} ") + 2)))
                .sum();
    }

    /// Lines without end, as fast as they are taken, until it is ended.
    private static final class Backlog extends InputStream {
        private static final byte[] LINE =
                (Bodies.event(
                                        "\"type\":\"exchange.reported\"",
                                        Bodies.exchange("").replace("…", "x".repeat(3_500)))
                                + "\n")
                        .getBytes(UTF_8);

        private final AtomicLong bytes = new AtomicLong();
        private volatile boolean isAtEnd;

        long bytes() {
            return bytes.get();
        }

        @Override
        public int read() {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] into, int from, int length) {
            int at = (int) (bytes.get() % LINE.length);
            if (isAtEnd && at == 0) {
                return -1;
            }
            int count = Math.min(length, LINE.length - at);
            System.arraycopy(LINE, at, into, from, count);
            bytes.addAndGet(count);
            return count;
        }

        void end() {
            isAtEnd = true;
        }
    }

    private static String report(String subject) {
        return Bodies.event(
                "\"id\":\"id-%s\",\"type\":\"exchange.reported\",\"subject\":\"%s\""
                        .formatted(subject, subject),
                Bodies.exchange(""));
    }

    private static String claim(String id) {
        return Bodies.event(
                "\"id\":\"%s\",\"type\":\"claim.made\",\"subject\":\"c-11\"".formatted(id),
                Bodies.claim(""));
    }

    private static String definition(String definition) {
        return Bodies.event("\"type\":\"conflict.defined\",\"subject\":\"turned\"", definition);
    }

    private static String lineAndStatus(JsonNode problem) {
        return problem.path("line").asText() + " " + problem.path("status").asText();
    }
}
