package parley.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import parley.ingest.door.Newsroom.Answer;

/// From a slow request on a dashboard one finds its trace.
@QuarkusTest
@QuarkusTestResource(LogAndKeys.class)
@TestProfile(RateIT.Limited.class)
class ExemplarsIT {
    /// What Prometheus sends where its `scrape_protocols` are `[OpenMetricsText1.0.0]`. By default
    /// it names `text/plain`, too, and whoever does is given that, without exemplars.
    private static final String OPEN_METRICS =
            "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,*/*;q=0.5";

    private static final String TRACE = "5b8efff798038103d269b633813fc60c";

    private final Newsroom paper = Newsroom.publisher("paper");

    @Test
    void aScrapeHoldsTheTraceIdOfARequestBesideTheBucketOfItsTime() {
        Ready.await();
        // Of one bucket there is a new one every seven seconds at most.
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> {
                            paper.post(
                                    "/v1/claims",
                                    "{}",
                                    "traceparent",
                                    "00-" + TRACE + "-eee19b7ec3c1b174-01");

                            assertThat(scrape(OPEN_METRICS).response().body())
                                    .containsPattern(
                                            "http_server_requests_seconds_bucket\\{[^}]*uri=\"/v1/claims\"[^}]*} \\S+"
                                                    + " # \\{[^}]*trace_id=\""
                                                    + TRACE
                                                    + "\"");
                        });
        assertThat(scrape(OPEN_METRICS).header("Content-Type"))
                .startsWith("application/openmetrics-text");
        assertThat(scrape("text/plain").response().body())
                .contains("http_server_requests_seconds_bucket")
                .doesNotContain(TRACE);
    }

    private Answer scrape(String format) {
        return paper.get("/q/metrics", "Accept", format);
    }
}
