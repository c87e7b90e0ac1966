package parley.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.ingest.door.Newsroom.Answer;

/// Everything is checked, and nothing published.
@QuarkusTest
@QuarkusTestResource(LogAndKeys.class)
class DryRunIT {
    private static final String LINES = "application/x-ndjson";

    private final Newsroom paper = Newsroom.publisher("paper");
    private final Newsroom editor = Newsroom.editor();

    @BeforeEach
    void defineTheConflict() {
        Ready.await();
        assertThat(editor.put("/v1/conflicts/ru-ua", Bodies.CONFLICT).status()).isEqualTo(202);
    }

    @Test
    void aDryRunOfEveryTypedCallIsAnsweredAndLeavesTheLogAsItWas() {
        long before = LogReader.records();

        for (String[] call :
                new String[][] {
                    {"/v1/exchanges", Bodies.exchange("\"exchangeId\":\"d-1\",")},
                    {
                        "/v1/exchanges/d-1/corrections",
                        "{\"reason\":\"r\",\"exchange\":" + Bodies.exchange("") + "}"
                    },
                    {"/v1/exchanges/d-1/retraction", "{\"reason\":\"r\"}"},
                    {"/v1/exchanges/d-1/merge", "{\"into\":\"d-2\",\"reason\":\"r\"}"},
                    {"/v1/agreements", Bodies.agreement("\"agreementId\":\"d-1\",")},
                    {
                        "/v1/agreements/d-1/corrections",
                        "{\"reason\":\"r\",\"agreement\":" + Bodies.agreement("") + "}"
                    },
                    {"/v1/agreements/d-1/retraction", "{\"reason\":\"r\"}"},
                    {"/v1/claims", Bodies.claim("\"claimId\":\"d-1\",")},
                    {
                        "/v1/claims/d-1/corrections",
                        "{\"reason\":\"r\",\"claim\":" + Bodies.claim("") + "}"
                    },
                    {"/v1/claims/d-1/retraction", "{\"reason\":\"r\"}"},
                }) {
            Answer answer =
                    editor.post(call[0] + "?dryRun=true", call[1], "Idempotency-Key", "dry");
            assertThat(answer.status()).as(call[0]).isEqualTo(200);
            assertThat(answer.at("/eventId").asText()).isEqualTo("dry");
            assertThat(answer.at("/subject").asText()).isEqualTo("d-1");
            assertThat(answer.at("/dryRun").asBoolean()).isTrue();
            assertThat(answer.json().has("position")).isFalse();
            assertThat(answer.header("Ledger-Position")).isEmpty();
        }
        Answer conflict = editor.put("/v1/conflicts/dry?dryRun=true", Bodies.CONFLICT);

        assertThat(conflict.status()).isEqualTo(200);
        assertThat(LogReader.records()).isEqualTo(before);
        assertThat(
                        paper.post("/v1/claims", Bodies.claim("").replace("ru-ua", "dry"))
                                .at("/errors/0/pointer")
                                .asText())
                .isEqualTo("/conflict");
    }

    @Test
    void theIdsThatSendingWouldGiveAreToldWhereTheyAreKnown() {
        String body = Bodies.exchange("");

        Answer dry = paper.post("/v1/exchanges?dryRun=true", body, "Idempotency-Key", "k-9");
        Answer sent = paper.post("/v1/exchanges?dryRun=false", body, "Idempotency-Key", "k-9");
        Answer withoutKey = paper.post("/v1/exchanges?dryRun=true", body);

        assertThat(sent.status()).isEqualTo(202);
        assertThat(dry.at("/subject")).isEqualTo(sent.at("/subject"));
        assertThat(withoutKey.at("/eventId").isNull()).isTrue();
        assertThat(withoutKey.at("/subject").isNull()).isTrue();
    }

    @Test
    void aDryRunFindsWhatSendingWouldFind() {
        String wrong = Bodies.exchange("").replace("\"from\":\"RU\"", "\"from\":\"RUS\"");

        Answer dry = paper.post("/v1/exchanges?dryRun=true", wrong);
        Answer sent = paper.post("/v1/exchanges", wrong);
        Answer forbidden = paper.put("/v1/conflicts/dry?dryRun=true", Bodies.CONFLICT);

        assertThat(dry.status()).isEqualTo(422);
        assertThat(dry.at("/errors")).isEqualTo(sent.at("/errors"));
        assertThat(forbidden.status()).isEqualTo(403);
    }

    @Test
    void aDryRunThatFindsSomethingIsNotCountedAmongTheRequestsThatWereRefused() {
        double requests = refused("requests");
        double dryRuns = refused("dry_runs");

        paper.post("/v1/exchanges?dryRun=true", "{}");
        paper.send("POST", "/v1/events?dryRun=true", "application/cloudevents+json", "{}");
        double requestsThen = refused("requests");
        double dryRunsThen = refused("dry_runs");
        paper.post("/v1/exchanges?dryRun=false", "{}");
        paper.post("/v1/exchanges", "{}");

        assertThat(requestsThen).isEqualTo(requests);
        assertThat(dryRunsThen).isEqualTo(dryRuns + 2);
        assertThat(refused("requests")).isEqualTo(requests + 2);
        assertThat(refused("dry_runs")).isEqualTo(dryRuns + 2);
    }

    private double refused(String what) {
        String counter =
                "parley_ingest_%s_refused_total{problem=\"invalid-statement\"} ".formatted(what);
        return paper.get("/q/metrics")
                .response()
                .body()
                .lines()
                .filter(line -> line.startsWith(counter))
                .mapToDouble(line -> Double.parseDouble(line.substring(counter.length())))
                .sum();
    }

    @Test
    void inADryStreamAConflictCountsAsDefinedFromItsLineOnAndNoLonger() {
        String claim =
                Bodies.event(
                        "\"type\":\"claim.made\",\"subject\":\"c-9\"",
                        Bodies.claim("").replace("ru-ua", "dry-one"));
        String definition =
                Bodies.event(
                        "\"type\":\"conflict.defined\",\"subject\":\"dry-one\"", Bodies.CONFLICT);
        String stream = String.join("\n", claim, definition, claim, claim, "{}");
        long before = LogReader.records();

        Answer first = editor.send("POST", "/v1/events?dryRun=true", LINES, stream);
        Answer again = editor.send("POST", "/v1/events?dryRun=true", LINES, stream);

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.at("/accepted").asInt()).isEqualTo(3);
        assertThat(first.at("/problems").valueStream().map(line -> line.path("line").asInt()))
                .containsExactly(1, 5);
        assertThat(first.at("/dryRun").asBoolean()).isTrue();
        assertThat(first.json().has("position")).isFalse();
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(LogReader.records()).isEqualTo(before);
    }

    @Test
    void aDryEventAndADryBatchAreOnlyChecked() {
        String event =
                Bodies.event(
                        "\"id\":\"d\",\"type\":\"exchange.reported\",\"subject\":\"d-3\"",
                        Bodies.exchange(""));
        long before = LogReader.records();

        Answer one =
                paper.send("POST", "/v1/events?dryRun=true", "application/cloudevents+json", event);
        Answer batch =
                paper.send(
                        "POST",
                        "/v1/events?dryRun=true",
                        "application/cloudevents-batch+json",
                        "[%s,{}]".formatted(event));
        Answer binary =
                paper.post(
                        "/v1/events?dryRun=true",
                        Bodies.exchange(""),
                        "ce-specversion",
                        "1.0",
                        "ce-type",
                        "exchange.reported",
                        "ce-subject",
                        "d-3");

        assertThat(one.status()).isEqualTo(200);
        assertThat(one.at("/eventId").asText()).isEqualTo("d");
        assertThat(batch.at("/accepted").asInt()).isEqualTo(1);
        assertThat(batch.at("/rejected").asInt()).isEqualTo(1);
        assertThat(binary.at("/subject").asText()).isEqualTo("d-3");
        assertThat(LogReader.records()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dryrun=true",
                "dryRun=yes",
                "dryRun",
                "dryRun=true&dryRun=false",
                "dry=true",
                "x=1"
            })
    void whatIsMeantToBeADryRunNeverPublishes(String parameter) {
        long before = LogReader.records();

        Answer answer =
                paper.post(
                        "/v1/exchanges?" + parameter, Bodies.exchange("\"exchangeId\":\"d-4\","));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/detail").asText()).contains("dryRun");
        assertThat(LogReader.records()).isEqualTo(before);
    }

    @Test
    void theDryRunIsInTheOpenApiDocumentOfEveryPublishingCall() {
        var document = paper.get("/q/openapi?format=json").json();

        document.path("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue().properties().stream()
                                        .filter(call -> !call.getKey().equals("get"))
                                        .forEach(
                                                call ->
                                                        assertThat(
                                                                        call.getValue()
                                                                                .path("parameters")
                                                                                .valueStream()
                                                                                .map(
                                                                                        parameter ->
                                                                                                parameter
                                                                                                        .path(
                                                                                                                "$ref")
                                                                                                        .asText()))
                                                                .as(path.getKey())
                                                                .contains(
                                                                        "#/components/parameters/DryRun")));
        assertThat(document.at("/components/parameters/DryRun/name").asText()).isEqualTo("dryRun");
    }
}
