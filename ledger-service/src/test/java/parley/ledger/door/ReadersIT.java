package parley.ledger.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Where only readers may read, they alone see figures, on the page too.
@QuarkusTest
@TestProfile(ReadersIT.OnlyReaders.class)
@QuarkusTestResource(LogAndBooks.class)
class ReadersIT {
    /// It records traces, too, for [ExemplarsIT], which needs no start of its own then.
    public static final class OnlyReaders implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.auth.permission.read.policy", "readers",
                    "quarkus.otel.sdk.disabled", "false",
                    "quarkus.otel.traces.exporter", "none");
        }
    }

    private final Story story = Story.ofConflict();

    @Test
    void thePageAndItsEmbedsWantTheTokenThatTheCallsWant() {
        String conflict = story.conflict;
        for (String path :
                List.of(
                        "/?conflict=" + conflict,
                        "/embed/totals/" + conflict,
                        "/embed/timeline/" + conflict,
                        "/embed/timeline/" + conflict + "/card.svg",
                        "/v1/conflicts/" + conflict + "/totals")) {
            String reached = path + (path.contains("?") ? "&" : "?") + "position=";

            assertThat(Story.askNow(path).status()).as(path).isEqualTo(401);
            assertThat(Story.askAs("reader", "GET", reached + LogWriter.written()).status())
                    .as(path)
                    .isEqualTo(200);
        }
        assertThat(Story.askNow("/dashboard/any/page.css").status()).isEqualTo(200);
    }
}
