package parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;

/// What two sites compare.
record Digest(String position, String digest, String outcomes) {
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    /// Of the books of a ledger, which must hold.
    static Digest of(Answers answers, URI ledger) throws IOException {
        var answer =
                answers.send(
                        HttpRequest.newBuilder(ledger.resolve("/v1/audit"))
                                .timeout(PATIENCE)
                                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode audit = answers.read(answer.body());
        assertThat(audit.path("holds").asBoolean()).as(answer.body()).isTrue();
        return new Digest(
                audit.path("position").asText(),
                audit.path("digest").asText(),
                audit.path("outcomes").asText());
    }
}
