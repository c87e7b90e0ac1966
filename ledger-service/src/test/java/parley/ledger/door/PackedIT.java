package parley.ledger.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static parley.ledger.door.Story.transfer;

import com.aayushatharva.brotli4j.decoder.Decoder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Answers that are given again go over the wire as small as the caller can take them.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
class PackedIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Story story = Story.ofConflict();
    private final String list = "/v1/conflicts/" + story.conflict + "/exchanges";
    private Answer plain;

    @BeforeEach
    void reports() {
        for (int number = 0; number < 5; number++) {
            story.paper()
                    .reports(
                            story.id("x" + number),
                            story.exchange("2025-07-17", transfer("RU", "UA", "remains", number)));
        }
        plain = story.get(list);
        assertThat(plain.header("Content-Encoding")).isEmpty();
    }

    @Test
    void whoTakesItPackedIsGivenItPacked() throws IOException {
        HttpResponse<byte[]> gzip = packed("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
                .isEqualTo(plain.body().getBytes(UTF_8));
        assertThat(gzip.body().length).isLessThan(plain.body().length() / 2);

        HttpResponse<byte[]> br = packed("br");
        assertThat(Decoder.decompress(br.body()).getDecompressedData())
                .isEqualTo(plain.body().getBytes(UTF_8));
        assertThat(br.body().length).isLessThan(gzip.body().length);
    }

    @Test
    void whatHeLikesBestIsChosenAndOfThatTheSmallest() {
        packed("br");
        assertThat(encoding("gzip, deflate, br")).isEqualTo("br");
        assertThat(encoding("gzip;q=1.0, br;q=0.5")).isEqualTo("gzip");
        assertThat(encoding("gzip;q=0, identity")).isEmpty();
        assertThat(encoding("zstd")).isEmpty();
    }

    @Test
    void otherBytesHaveAnotherTagAndAnyOfThemIsKnownAgain() {
        HttpResponse<byte[]> gzip = packed("gzip");
        String tag = gzip.headers().firstValue("ETag").orElseThrow();

        assertThat(tag).isNotEqualTo(plain.header("ETag")).endsWith("-gzip\"");
        assertThat(gzip.headers().firstValue("Vary").orElseThrow()).contains("Accept-Encoding");
        for (String held : new String[] {tag, plain.header("ETag")}) {
            Answer known = Story.askNow(list, "If-None-Match", held, "Accept-Encoding", "gzip");
            assertThat(known.status()).isEqualTo(304);
            assertThat(known.header("ETag")).as("by which he finds what he holds").isEqualTo(held);
        }
        Answer both =
                Story.askNow(
                        list,
                        "If-None-Match",
                        plain.header("ETag") + ", " + tag,
                        "Accept-Encoding",
                        "gzip");
        assertThat(both.header("ETag")).isEqualTo(tag);
        assertThat(story.get(list, "If-None-Match", tag).status()).isEqualTo(304);
    }

    @Test
    void whoAsksFirstIsGivenTheSameTagAsWhoAsksAgain() {
        String other = list + "?limit=" + 5;

        var first = Story.bytes(other, "Accept-Encoding", "gzip").headers();
        var again = Story.bytes(other, "Accept-Encoding", "gzip").headers();

        assertThat(first.firstValue("ETag").orElseThrow()).endsWith("-gzip\"");
        assertThat(again.firstValue("Content-Encoding")).contains("gzip");
        assertThat(first.firstValue("ETag")).isEqualTo(again.firstValue("ETag"));
    }

    @Test
    void itSaysWhenWhatItRestsOnWasLastChanged() {
        assertThat(plain.header("Last-Modified"))
                .matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
        assertThat(packed("gzip").headers().firstValue("Last-Modified"))
                .contains(plain.header("Last-Modified"));
    }

    @Test
    void nothingWasLastChangedAtAMomentThatIsStillToCome() {
        Answer past = story.get(list + "?knownAt=" + plain.text("/knownAt"));
        Answer future = story.get(list + "?knownAt=2999-01-01T00:00:00Z");

        assertThat(past.header("Last-Modified")).isEqualTo(plain.header("Last-Modified"));
        assertThat(future.status()).isEqualTo(200);
        assertThat(future.header("Last-Modified")).isEmpty();
    }

    private String encoding(String accepted) {
        return bytes(accepted).headers().firstValue("Content-Encoding").orElse("");
    }

    /// Once the answer is given again.
    private HttpResponse<byte[]> packed(String encoding) {
        return await().atMost(PATIENCE)
                .until(
                        () -> bytes(encoding),
                        it ->
                                it.headers()
                                        .firstValue("Content-Encoding")
                                        .equals(Optional.of(encoding)));
    }

    private HttpResponse<byte[]> bytes(String accepted) {
        return Story.bytes(list, "Accept-Encoding", accepted);
    }
}
