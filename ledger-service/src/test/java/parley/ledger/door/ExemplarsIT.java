package parley.ledger.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static parley.ledger.door.Story.transfer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// From a slow request, or a slow transaction, on a dashboard one finds its trace.
@QuarkusTest
@TestProfile(ReadersIT.OnlyReaders.class)
@QuarkusTestResource(LogAndBooks.class)
class ExemplarsIT {
    /// What Prometheus sends where its `scrape_protocols` are `[OpenMetricsText1.0.0]`. By default
    /// it names `text/plain`, too, and whoever does is given that, without exemplars.
    private static final String OPEN_METRICS =
            "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,*/*;q=0.5";

    private static final String TRACE = "5b8efff798038103d269b633813fc60c";

    /// Of one bucket there is a new one every seven seconds at most.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Story story = Story.ofConflict();

    @Test
    void aScrapeHoldsTheTraceIdOfARequestBesideTheBucketOfItsTime() {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> {
                            Story.askNow(
                                    "/v1/rejections",
                                    "traceparent",
                                    "00-" + TRACE + "-eee19b7ec3c1b174-01");

                            assertThat(scrape(OPEN_METRICS))
                                    .containsPattern(
                                            "http_server_requests_seconds_bucket\\{[^}]*uri=\"/v1/rejections\"[^}]*} \\S+"
                                                    + " # \\{[^}]*trace_id=\""
                                                    + TRACE
                                                    + "\"");
                        });
        assertThat(scrape("text/plain"))
                .contains("http_server_requests_seconds_bucket")
                .doesNotContain(TRACE);
    }

    @Test
    void aScrapeHoldsTheTraceIdOfATransactionBesideTheBucketOfItsTime() {
        story.paper()
                .reports(
                        story.id("x"),
                        story.exchange("2025-07-17", transfer("RU", "UA", "remains", 7)));

        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(scrape(OPEN_METRICS))
                                        .containsPattern(
                                                "parley_ledger_batch_seconds_bucket\\{[^}]*} \\S+"
                                                        + " # \\{[^}]*trace_id=\"[0-9a-f]{32}\""));
    }

    private static String scrape(String format) {
        return Story.askNow("/q/metrics", "Accept", format).body();
    }
}
