package parley.ledger.door;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static parley.ledger.door.Story.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import parley.contract.LogPosition;
import parley.contract.Topic;

/// How one asks: positions, tags, parameters, problems, and what operators look at.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
class DoorIT {
    private final Story story = Story.ofConflict();

    @Test
    void whoSendsThePositionOfAWriteReadsThatWrite() {
        for (int count = 1; count <= 20; count++) {
            RecordMetadata written = report("x" + count, count);
            String position =
                    LogPosition.behind(Topic.EXCHANGE_EVENTS, written.partition(), written.offset())
                            .toString();

            Answer answer =
                    Story.askNow(
                            "/v1/exchanges/" + story.id("x" + count) + "?position=" + position);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(
                            LogPosition.parse(answer.text("/position"))
                                    .covers(LogPosition.parse(position)))
                    .isTrue();
        }
    }

    @Test
    void aPositionThatIsNotReachedInTimeIsAnsweredWith503AndWhenToAskAgain() {
        Answer answer =
                Story.askNow(
                        "/v1/conflicts?position="
                                + LogPosition.behind(Topic.CLAIM_EVENTS, 0, 1_000_000));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void whoHasTheAnswerAlreadyIsToldSoUntilItChanges() {
        report("x", 1000);
        Answer first = story.ours("/totals");

        Answer again = story.ours("/totals", "If-None-Match", first.header("ETag"));

        assertThat(first.header("ETag")).matches("\"[0-9a-f]+\"");
        assertThat(first.header("Cache-Control"))
                .isEqualTo("public, max-age=1, stale-while-revalidate=30");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));

        report("y", 1);
        Answer changed = story.ours("/totals", "If-None-Match", first.header("ETag"));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).isNotEqualTo(first.header("ETag"));
    }

    @Test
    void aBadParameterIsRefusedByItsName() {
        var bad =
                Map.ofEntries(
                        Map.entry("/totals?asOf=yesterday", "asOf"),
                        Map.entry("/totals?asOf=2025-02-30", "asOf"),
                        Map.entry("/totals?asOf=%2B999999999-01-01", "asOf"),
                        Map.entry("/totals?knownAt=2025-07-17", "knownAt"),
                        Map.entry("/totals?knownAt=%2B999999999-01-01T00:00:00Z", "knownAt"),
                        Map.entry("/totals?position=nowhere", "position"),
                        Map.entry("/entries?limit=0", "limit"),
                        Map.entry("/entries?limit=1001", "limit"),
                        Map.entry("/entries?limit=many", "limit"),
                        Map.entry("/entries?cursor=forged", "cursor"),
                        Map.entry("/entries?cursor=MjAyNS0wNy0xNwphCmIKYwpk", "cursor"),
                        Map.entry("/exchanges?cursor=forged", "cursor"),
                        Map.entry("/entries?category=soldier", "category"),
                        Map.entry("/entries?party=UA&direction=sideways", "direction"),
                        Map.entry("/entries?direction=received", "direction"),
                        Map.entry("/entries?since=soon", "since"),
                        Map.entry("/entries?until=late", "until"));

        bad.forEach(
                (path, parameter) -> {
                    Answer answer = story.ours(path);

                    assertThat(answer.status()).as(path).isEqualTo(400);
                    assertThat(answer.header("Content-Type"))
                            .as(path)
                            .startsWith("application/problem+json");
                    assertThat(answer.text("/parameter")).as(path).isEqualTo(parameter);
                    assertThat(answer.text("/detail")).as(path).contains(parameter);
                });
    }

    @Test
    void nothingThatIsAskedForMakesTheServiceFail() {
        for (String path :
                List.of(
                        "/v1/exchanges/%00",
                        "/v1/events/a%00b",
                        "/v1/conflicts/%00/totals",
                        "/v1/conflicts/" + story.conflict + "/totals/%00",
                        "/v1/conflicts/" + story.conflict + "/entries?party=%00",
                        "/v1/conflicts/" + story.conflict + "/entries?exchange=%00",
                        "/v1/conflicts/"
                                + story.conflict
                                + "/entries?cursor=MjAyNS0wNy0xNwoAYQpiCmMKMQ",
                        "/v1/exchanges/" + "x".repeat(3000))) {
            assertThat(story.get(path).status()).as(path).isLessThan(500);
        }
    }

    @Test
    void whatIsNotThereIsAProblemThatSaysWhat() {
        Answer conflict = story.get("/v1/conflicts/nowhere/totals");
        Answer address = story.get("/v1/nothing");
        Answer method = story.ask("DELETE", "/v1/conflicts");

        assertThat(conflict.status()).isEqualTo(404);
        assertThat(conflict.text("/detail")).contains("nowhere");
        assertThat(address.status()).isEqualTo(404);
        assertThat(method.status()).isEqualTo(405);
        assertThat(List.of(conflict, address, method))
                .allSatisfy(
                        it -> {
                            assertThat(it.header("Content-Type"))
                                    .startsWith("application/problem+json");
                            assertThat(it.at("/status").asInt()).isEqualTo(it.status());
                            assertThat(it.text("/title")).isNotEmpty();
                        });
    }

    @Test
    void conflictsAreListedWithTheirPartiesAndTheDayOfTheLastExchange() {
        report("x", 1000);

        Answer one = story.ours("");
        Answer all = story.get("/v1/conflicts");

        assertThat(one.text("/conflict")).isEqualTo(story.conflict);
        assertThat(one.text("/since")).isEqualTo("2022-02-24");
        assertThat(one.at("/parties").findValuesAsText("party")).contains("UA", "RU", "TR");
        assertThat(one.text("/lastExchangeOn")).isEqualTo("2025-07-17");
        assertThat(one.text("/updatedAt")).isNotEmpty();
        assertThat(all.items("/conflict")).contains(story.conflict);
    }

    @Test
    void theBooksHold() {
        report("x", 1000);

        Answer audit = story.get("/v1/audit");

        assertThat(audit.at("/holds").asBoolean()).isTrue();
        assertThat(audit.at("/trialBalance/holds").asBoolean()).isTrue();
        assertThat(audit.at("/keptTotals/holds").asBoolean()).isTrue();
        assertThat(audit.at("/keptTotals/differences")).isEmpty();
        assertThat(audit.at("/partitions").findValuesAsText("topic"))
                .contains("conflicts", "exchange-events");
        assertThat(audit.at("/partitions").findValues("lag"))
                .allSatisfy(lag -> assertThat(lag.asLong()).isZero());
    }

    @Test
    void aParameterThatIsAlmostOneIsRefusedAndOneOfTheCallersOwnIsNot() {
        for (var slip :
                Map.of(
                                "asof", "asOf", "KnownAt", "knownAt", "knonwAt", "knownAt",
                                "limits", "limit")
                        .entrySet()) {
            Answer refused = story.ours("/totals?" + slip.getKey() + "=2025-07-17");
            assertThat(refused.status()).as(slip.getKey()).isEqualTo(400);
            assertThat(refused.text("/parameter")).isEqualTo(slip.getKey());
            assertThat(refused.text("/detail")).contains("`" + slip.getValue() + "`");
        }
        assertThat(story.ours("/totals?_=1752750000&utm_source=mail&v=2").status()).isEqualTo(200);
    }

    @Test
    void noParameterThatThereIsIsTakenForASlip() {
        Set<String> declared =
                Story.askNow("/q/openapi?format=json").json().findValues("parameters").stream()
                        .flatMap(JsonNode::valueStream)
                        .filter(it -> it.path("in").asText().equals("query"))
                        .map(it -> it.path("name").asText())
                        .collect(Collectors.toSet());

        assertThat(declared).contains("asOf", "limit", "tell");
        assertThat(declared)
                .allSatisfy(
                        name ->
                                assertThat(Story.askNow("/v1/conflicts?" + name + "=").body())
                                        .doesNotContain("Did you mean"));
    }

    /// Which no library of ours would send.
    @Test
    void whatIsNoAddressByTheBookIsNoFaultOfOurs() throws IOException {
        for (String query :
                List.of("exchange=a|b", "exchange=a%zz", "exchange=a^{}`\\", "party=|&wait=1")) {
            try (var socket = new Socket("localhost", Story.port())) {
                socket.getOutputStream()
                        .write(
                                "GET /v1/conflicts/%s/entries?%s HTTP/1.1\r\nHost: h\r\n\r\n"
                                        .formatted(story.conflict, query)
                                        .getBytes(US_ASCII));
                String status =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))
                                .readLine();
                assertThat(status).as(query).containsAnyOf(" 200 ", " 400 ", " 404 ");
            }
        }
    }

    @Test
    void aChartToolOfAnotherSiteMayAsk() {
        String totals = "/v1/conflicts/" + story.conflict + "/totals";
        String moment = story.ours("/totals").text("/knownAt");
        for (String path :
                List.of(
                        totals,
                        totals,
                        totals + "?knownAt=" + moment,
                        "/?conflict=" + story.conflict)) {
            Answer named = Story.askNow(path, "Origin", "https://charts.example.org");
            Answer unnamed = Story.askNow(path); // A shared cache gives one for the other.

            for (Answer answer : List.of(named, unnamed)) {
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("Access-Control-Allow-Origin")).as(path).isEqualTo("*");
                assertThat(answer.header("Access-Control-Expose-Headers")).contains("ETag", "Link");
            }
            assertThat(named.response().headers().map().keySet())
                    .isEqualTo(unnamed.response().headers().map().keySet());
            assertThat(named.header("Vary")).isEqualTo(unnamed.header("Vary"));
        }
    }

    @Test
    void operatorsSeeThatItIsStartedReadyAndAlive() {
        for (String check : List.of("started", "ready", "live")) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () ->
                                    assertThat(Story.askNow("/q/health/" + check).text("/status"))
                                            .as(check)
                                            .isEqualTo("UP"));
        }
    }

    @Test
    void metricsCountTheRecordsAndTheApiIsDescribed() {
        report("x", 1000);
        story.ours("/totals");

        assertThat(Story.askNow("/q/metrics").body()).contains("parley_ledger_records_total");
        assertThat(Story.askNow("/q/openapi").body()).startsWith("---\nopenapi: 3.1");
        assertThat(Story.askNow("/q/swagger-ui/").status()).isEqualTo(200);
    }

    private RecordMetadata report(String name, int count) {
        return story.paper()
                .reports(
                        story.id(name),
                        story.exchange("2025-07-17", transfer("RU", "UA", "remains", count)));
    }
}
