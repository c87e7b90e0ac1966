package parley.ledger.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static parley.ledger.door.Story.transfer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/// What operators look at.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
class OperatorsIT {
    @Inject DataSource read;

    @Inject
    @io.quarkus.agroal.DataSource("books")
    DataSource written;

    @Inject
    @io.quarkus.agroal.DataSource("migrations")
    DataSource migrated;

    private final Story story = Story.ofConflict();

    @Test
    void answersAreCountedByCallAndNotByAddress() {
        report("x");
        String path = "/v1/exchanges/" + story.id("x");

        for (int time = 0; time < 3; time++) {
            assertThat(story.get(path).status()).isEqualTo(200);
            assertThat(story.ours("/totals").status()).isEqualTo(200);
        }

        assertThat(uris())
                .contains("/v1/exchanges/{exchange}", "/v1/conflicts/{conflict}/totals")
                .noneMatch(uri -> uri.contains(story.conflict) || uri.contains(story.id("x")));
    }

    /// Each call has its pattern, so that no answer of it makes a tag of its address.
    @Test
    void everyCallWithAnIdInItsAddressHasAPattern() {
        String document = Story.askNow("/q/openapi?format=json").body();
        List<String> calls = new ArrayList<>();
        Answer.json(document).path("paths").fieldNames().forEachRemaining(calls::add);
        List<String> patterns =
                Arrays.stream(
                                ConfigProvider.getConfig()
                                        .getValue(
                                                "quarkus.micrometer.binder.http-server.match-patterns",
                                                String[].class))
                        .map(pattern -> pattern.split("=", 2)[0])
                        .toList();

        assertThat(calls.stream().filter(call -> call.contains("{")))
                .isNotEmpty()
                .allSatisfy(
                        call ->
                                assertThat(patterns)
                                        .as(call)
                                        .anyMatch(call.replaceAll("[{}]", "")::matches));
    }

    @Test
    void theLagOfEachPartitionIsToldInRecordsAndInSeconds() {
        report("x");
        story.get("/v1/exchanges/" + story.id("x"));

        await().untilAsserted(
                        () ->
                                assertThat(Story.askNow("/q/metrics").body())
                                        .containsPattern(
                                                "parley_ledger_lag_records\\{[^}]*topic=\"exchange-events\"[^}]*} 0\\.0")
                                        .containsPattern(
                                                "parley_ledger_lag_seconds\\{[^}]*topic=\"exchange-events\"[^}]*} 0\\.0"));
        assertThat(Story.askNow("/q/health/ready").body())
                .contains("\"lagRecords\"", "\"lagSeconds\"");
        assertThat(Story.askNow("/q/health/started").body()).contains("\"percent\": 100");
    }

    @Test
    void whatPostgresqlSaysOfARowIsInNoFailureThatIsLogged() {
        for (DataSource source : List.of(read, written, migrated)) {
            assertThatThrownBy(() -> failOn(source))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("refused")
                    .hasMessageNotContaining("what was stated");
        }
    }

    private static void failOn(DataSource source) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "do $$ begin raise 'refused' using detail = 'what was stated'; end $$");
        }
    }

    private void report(String name) {
        story.paper()
                .reports(
                        story.id(name),
                        story.exchange("2025-07-17", transfer("RU", "UA", "remains", 7)));
    }

    private static List<String> uris() {
        return Pattern.compile("uri=\"([^\"]*)\"")
                .matcher(Story.askNow("/q/metrics").body())
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }
}
