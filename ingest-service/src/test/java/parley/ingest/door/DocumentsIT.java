package parley.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.ingest.door.Newsroom.Answer;

/// What may be read without a token.
@QuarkusTest
@QuarkusTestResource(LogAndKeys.class)
class DocumentsIT {
    private final Newsroom anyone = Newsroom.withToken("");

    @Test
    void everySchemaThatIsListedIsServed() {
        Answer list = anyone.get("/v1/schemas");

        assertThat(list.at("/items")).hasSize(12);
        for (JsonNode item : list.at("/items")) {
            Answer schema = anyone.get(item.path("url").asText());
            assertThat(schema.header("Content-Type")).startsWith("application/schema+json");
            assertThat(schema.at("/$id").asText()).isEqualTo(item.path("name").asText());
        }
        assertThat(anyone.get("/v1/schemas/nothing").status()).isEqualTo(404);
    }

    @Test
    void theTopicsAreDescribed() {
        assertThat(anyone.get("/v1/asyncapi").at("/asyncapi").asText()).startsWith("3.");
    }

    @Test
    void everyCallIsInTheOpenApiDocument() {
        JsonNode document = anyone.get("/q/openapi?format=json").json();

        assertThat(document.path("openapi").asText()).startsWith("3.1");
        assertThat(document.path("paths").properties())
                .extracting(path -> path.getKey())
                .contains(
                        "/v1/conflicts/{conflict}",
                        "/v1/exchanges",
                        "/v1/exchanges/{exchange}/corrections",
                        "/v1/exchanges/{exchange}/retraction",
                        "/v1/exchanges/{exchange}/merge",
                        "/v1/agreements",
                        "/v1/agreements/{agreement}/corrections",
                        "/v1/agreements/{agreement}/retraction",
                        "/v1/claims",
                        "/v1/claims/{claim}/corrections",
                        "/v1/claims/{claim}/retraction",
                        "/v1/events",
                        "/v1/schemas",
                        "/v1/schemas/{name}",
                        "/v1/asyncapi");
        assertThat(
                        document.at(
                                        "/paths/~1v1~1exchanges/post/requestBody/content/application~1json/schema/$ref")
                                .asText())
                .endsWith("/v1/schemas/exchange.reported");
    }

    /// What a developer copies out of the document is taken as it stands.
    @Test
    void everyExampleOfTheOpenApiDocumentIsAccepted() {
        Ready.await();
        Newsroom editor = Newsroom.editor();
        editor.put("/v1/conflicts/ru-ua", Bodies.CONFLICT);
        JsonNode document = anyone.get("/q/openapi?format=json").json();
        var sent = new ArrayList<String>();

        for (var path : document.path("paths").properties()) {
            for (var call : path.getValue().properties()) {
                for (var type : call.getValue().at("/requestBody/content").properties()) {
                    for (JsonNode example : type.getValue().path("examples")) {
                        Answer answer =
                                editor.send(
                                        call.getKey().toUpperCase(Locale.ROOT),
                                        path.getKey().replace("{conflict}", "ru-ua"),
                                        type.getKey(),
                                        body(document, example));
                        assertThat(answer.status())
                                .as(path.getKey() + ": " + answer.response().body())
                                .isBetween(200, 202);
                        assertThat(answer.at("/rejected").asInt()).isZero();
                        sent.add(path.getKey() + " " + type.getKey());
                    }
                }
            }
        }

        assertThat(sent)
                .contains(
                        "/v1/conflicts/{conflict} application/json",
                        "/v1/exchanges application/json",
                        "/v1/agreements application/json",
                        "/v1/claims application/json",
                        "/v1/events application/x-ndjson",
                        "/v1/events application/cloudevents+json");
    }

    private static String body(JsonNode document, JsonNode example) {
        String reference = example.path("$ref").asText();
        JsonNode value =
                (reference.isEmpty() ? example : document.at(reference.substring(1))).path("value");
        return value.isTextual() ? value.asText() : value.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/health/live",
                "/q/health/started",
                "/q/health/ready",
                "/q/metrics",
                "/q/swagger-ui/"
            })
    void operatorsFindWhatTheyExpect(String path) {
        Ready.await();

        assertThat(anyone.get(path).status()).isEqualTo(200);
    }

    @Test
    void refusalsAreCountedByCallAndNotByAddress() {
        for (int number = 0; number < 3; number++) {
            assertThat(anyone.post("/v1/claims/refused-" + number + "/retraction", "{}").status())
                    .isEqualTo(401);
        }

        assertThat(anyone.get("/q/metrics").response().body())
                .contains("uri=\"/v1/claims/{claim}/retraction\"", "parley_ingest_append_seconds")
                .doesNotContain("refused-");
    }

    @Test
    void refusalsAreCountedByTheirProblemAndDryRunsNot() {
        Newsroom editor = Newsroom.editor();
        double requests = refused("requests", "unauthenticated");
        double events = refused("events", "unreadable");

        anyone.post("/v1/exchanges", "{}");
        editor.send("POST", "/v1/events", "application/x-ndjson", "1\n2\n");
        editor.send("POST", "/v1/events?dryRun=true", "application/x-ndjson", "1\n2\n");

        assertThat(refused("requests", "unauthenticated")).isEqualTo(requests + 1);
        assertThat(refused("events", "unreadable")).isEqualTo(events + 2);
    }

    private double refused(String what, String problem) {
        String name = "parley_ingest_%s_refused_total{problem=\"%s\"} ".formatted(what, problem);
        return anyone.get("/q/metrics")
                .response()
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .sum();
    }

    @Test
    void whatA503CanMeanIsInTheOpenApiDocument() {
        JsonNode document = anyone.get("/q/openapi?format=json").json();

        for (String call : List.of("~1v1~1events", "~1v1~1exchanges")) {
            String answer = document.at("/paths/" + call + "/post/responses/503/$ref").asText();
            assertThat(document.at(answer.substring(1)).path("description").asText())
                    .contains("/v1/problems/log-unavailable", "/v1/problems/overloaded");
        }
    }

    @Test
    void aFormatThatIsNotThereIsAProblem() {
        Answer answer = anyone.get("/v1/schemas", "Accept", "image/png");

        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }
}
