package parley.ledger.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.contract.LogPosition;
import parley.ledger.views.KeptAnswers.Question;

/// What is kept takes no more memory than it may.
class KeptAnswersTest {
    private static final int BYTES_MAX = 1_000_000;
    private static final int BYTES = 10_000;
    private static final int ADDRESSES = 1_000;

    private final KeptAnswers answers = new KeptAnswers(() -> BYTES_MAX);

    @Test
    void howeverManyAddressesThereAreTheirAnswersStayWithinTheBytesGiven() {
        IntStream.range(0, ADDRESSES).forEach(it -> answers.keep(question(it), answer()));

        long kept =
                IntStream.range(0, ADDRESSES)
                        .filter(it -> answers.to(question(it)).isPresent())
                        .count();
        // Each counts twice: it may be kept packed, too.
        assertThat(2 * BYTES * kept).isBetween(BYTES_MAX / 2L, (long) BYTES_MAX);
    }

    private static Question question(int number) {
        return Question.of("http://localhost/v1/conflicts/c/totals?asOf=" + number, Format.JSON);
    }

    private static KeptAnswer answer() {
        var asked = new Asked(1, LogPosition.START, Instant.EPOCH, 0);
        return new KeptAnswer(Format.JSON, new byte[BYTES], "\"tag\"", null, null, asked);
    }
}
