package parley.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class ResponsesTest {
    private final Responses responses = new Responses();

    private boolean isWhole(String arrived) {
        return responses.isWhole(Buffer.buffer(arrived));
    }

    @Test
    void anAnswerIsWholeWithItsBody() {
        assertThat(isWhole("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")).isTrue();
        assertThat(responses.status()).isEqualTo(200);
    }

    @Test
    void anAnswerMayComeInPieces() {
        assertThat(isWhole("HTTP/1.1 202 Acc")).isFalse();
        assertThat(isWhole("epted\r\ncontent-length: 12\r\n\r")).isFalse();
        assertThat(isWhole("\nhello ")).isFalse();
        assertThat(isWhole("world!")).isTrue();
        assertThat(responses.status()).isEqualTo(202);
    }

    @Test
    void whatIsNotModifiedHasNoBodyWhateverLengthItNames() {
        assertThat(isWhole("HTTP/1.1 304 Not Modified\r\ncontent-length: 900\r\n\r\n")).isTrue();
        assertThat(responses.status()).isEqualTo(304);
    }

    @Test
    void oneAnswerFollowsAnother() {
        assertThat(isWhole("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na")).isTrue();
        assertThat(isWhole("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno")).isTrue();
        assertThat(responses.status()).isEqualTo(404);
    }
}
