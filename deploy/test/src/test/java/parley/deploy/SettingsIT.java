package parley.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every variable that is set is one that the packaged service reads.
class SettingsIT {
    private static final KnownSettings INGEST = settingsOf("ingest-service");
    private static final KnownSettings LEDGER = settingsOf("ledger-service");

    private static KnownSettings settingsOf(String service) {
        return new KnownSettings(Chart.REPOSITORY.resolve(service));
    }

    @ParameterizedTest
    @MethodSource("parley.deploy.Chart#installations")
    void everyVariableOfTheChartIsReadByItsService(Manifests installation) {
        assertThat(
                        installation
                                .of("Deployment")
                                .map(it -> it.at("/spec/template/spec/containers/0")))
                .hasSize(2)
                .allSatisfy(
                        container ->
                                assertThat(
                                                container
                                                        .path("env")
                                                        .valueStream()
                                                        .map(it -> it.path("name").asText()))
                                        .isNotEmpty()
                                        .allMatch(known(container)::know));
    }

    private static KnownSettings known(JsonNode container) {
        return of(container.path("name").asText());
    }

    private static KnownSettings of(String component) {
        return component.equals("ingest") ? INGEST : LEDGER;
    }

    /// The tables of the services' own READMEs, by which the chart and everyone else goes.
    @ParameterizedTest
    @ValueSource(strings = {"ingest", "ledger"})
    void everyVariableThatIsDocumentedIsRead(String service) {
        String readme =
                Chart.read(Chart.REPOSITORY.resolve("%s-service/README.md".formatted(service)));

        assertThat(
                        Pattern.compile("(?m)^\\| `([A-Z0-9_]+)`(?:, `([A-Z0-9_]+)`)? \\|")
                                .matcher(readme)
                                .results()
                                .flatMap(SettingsIT::groups))
                .hasSizeGreaterThan(10)
                .allMatch(of(service)::know);
    }

    private static Stream<String> groups(MatchResult row) {
        return Stream.of(row.group(1), row.group(2)).filter(it -> it != null);
    }

    @Test
    void oneThatNobodyReadsIsFound() {
        assertThat(
                        Stream.of(
                                "PARLEY_TOPIC_CREATE",
                                "QUARKUS_SHUTDOWN_DELAYS",
                                "KAFKA_SSL_TRUSTSTORE",
                                // Fixed when the service is built.
                                "QUARKUS_DATASOURCE_DB_KIND"))
                .noneMatch(LEDGER::know);
    }
}
