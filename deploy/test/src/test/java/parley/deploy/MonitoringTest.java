package parley.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Alerts and dashboards, in the folder and as the chart brings them. That their metrics are there,
/// a test of `deploy/local` sees to, with data under load.
class MonitoringTest {
    private static final Path FOLDER = Chart.REPOSITORY.resolve("deploy/monitoring");
    private static final Manifests PRODUCTION =
            Chart.render(Chart.FOLDER.resolve("ci/production.yaml"), Map.of());

    private static List<JsonNode> alerts() {
        return rules(Manifests.parse(Chart.read(FOLDER.resolve("rules.yaml")))).toList();
    }

    private static Stream<JsonNode> rules(JsonNode spec) {
        return spec.path("groups").valueStream().flatMap(it -> it.path("rules").valueStream());
    }

    @Test
    void eachAlertHasARunbookThatSaysWhatToLookAtAndWhatToDo() {
        assertThat(alerts())
                .isNotEmpty()
                .allSatisfy(
                        alert ->
                                assertThat(
                                                Chart.read(
                                                        Chart.REPOSITORY.resolve(
                                                                "deploy/docs/runbooks/"
                                                                        + name(alert)
                                                                        + ".md")))
                                        .contains("# " + name(alert), "## Look at", "## Do"));
    }

    @Test
    void theChartBringsEveryAlertWithTheAddressOfItsRunbook() {
        JsonNode brought = PRODUCTION.of("PrometheusRule").findFirst().orElseThrow().path("spec");

        assertThat(rules(brought))
                .zipSatisfy(
                        alerts(),
                        (inChart, written) -> {
                            for (String field : List.of("alert", "expr", "for", "labels")) {
                                assertThat(inChart.path(field)).isEqualTo(written.path(field));
                            }
                            assertThat(inChart.at("/annotations/summary"))
                                    .isEqualTo(written.at("/annotations/summary"));
                            assertThat(inChart.at("/annotations/runbook_url").asText())
                                    .isEqualTo(
                                            "https://docs.example/parley/runbooks/%s.md",
                                            name(written));
                        });
    }

    @Test
    void whereTracesAreSentExemplarsAreScraped() {
        Manifests traced =
                Chart.render(
                        Chart.FOLDER.resolve("ci/production.yaml"),
                        Map.of("tracing.endpoint", "http://collector:4317"));
        Manifests untraced =
                Chart.render(
                        Chart.FOLDER.resolve("ci/production.yaml"), Map.of("tracing.endpoint", ""));

        assertThat(traced.of("PodMonitor").map(it -> it.at("/spec/scrapeProtocols")))
                .extracting(JsonNode::toString)
                .containsExactly("[\"OpenMetricsText1.0.0\"]");
        assertThat(untraced.of("PodMonitor").map(it -> it.at("/spec/scrapeProtocols")))
                .singleElement()
                .matches(JsonNode::isMissingNode);
    }

    @Test
    void theChartBringsTheDashboardsAsTheyAre() {
        JsonNode brought =
                PRODUCTION
                        .of("ConfigMap")
                        .filter(
                                it ->
                                        it.at("/metadata/labels/grafana_dashboard")
                                                .asText()
                                                .equals("1"))
                        .findFirst()
                        .orElseThrow()
                        .path("data");

        for (String dashboard : List.of("ingest", "ledger")) {
            assertThat(Manifests.parse(brought.path("parley-" + dashboard + ".json").asText()))
                    .isEqualTo(
                            Manifests.parse(
                                    Chart.read(
                                            FOLDER.resolve("dashboards/" + dashboard + ".json"))));
        }
    }

    @Test
    void everyPanelSaysWhatItShows() {
        for (String dashboard : List.of("ingest", "ledger")) {
            JsonNode panels =
                    Manifests.parse(Chart.read(FOLDER.resolve("dashboards/" + dashboard + ".json")))
                            .path("panels");
            assertThat(panels.valueStream())
                    .isNotEmpty()
                    .allSatisfy(
                            panel -> {
                                assertThat(panel.path("description").asText()).isNotEmpty();
                                assertThat(panel.at("/fieldConfig/defaults/unit").asText())
                                        .isNotEmpty();
                            });
        }
    }

    private static String name(JsonNode alert) {
        return alert.path("alert").asText();
    }
}
