package parley.ingest.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void aStreamIsReadLineByLine() throws IOException {
        assertThat(read("one\n\n two \r\nlast", 10)).containsExactly("one", "", " two \r", "last");
        assertThat(read("one\n", 10)).containsExactly("one");
        assertThat(read("", 10)).isEmpty();
    }

    @Test
    void aLineThatIsTooLongIsPassedOverAndTheNextOneIsRead() throws IOException {
        String longLine = "x".repeat(500_000);

        assertThat(read(longLine + "\nshort\n" + longLine, 100_000))
                .containsExactly("too long", "short", "too long");
        assertThat(read("x".repeat(11) + "\n" + "y".repeat(10), 10))
                .containsExactly("too long", "y".repeat(10));
    }

    @Test
    void howTheStreamIsCutDoesNotMatter() throws IOException {
        var random = new Random(7);
        var lines = new ArrayList<String>();
        for (int count = 0; count < 300; count++) {
            lines.add("x".repeat(random.nextInt(5_000)));
        }

        assertThat(read(String.join("\n", lines) + "\n", 1 << 20)).isEqualTo(lines);
    }

    private static List<String> read(String text, int lineBytesMax) throws IOException {
        var lines = new Lines(new Dribble(text), lineBytesMax, Duration.ofMinutes(1), 1);
        var read = new ArrayList<String>();
        while (lines.advance()) {
            assertThat(lines.number()).isEqualTo(read.size() + 1L);
            read.add(
                    lines.isTooLong()
                            ? "too long"
                            : new String(lines.bytes(), lines.start(), lines.length(), UTF_8));
        }
        return read;
    }

    /// Gives a few bytes at a time, as a network does.
    private static final class Dribble extends InputStream {
        private final ByteArrayInputStream bytes;
        private final Random random = new Random(11);

        Dribble(String text) {
            bytes = new ByteArrayInputStream(text.getBytes(UTF_8));
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int from, int length) {
            return bytes.read(into, from, Math.min(length, 1 + random.nextInt(3_000)));
        }
    }
}
