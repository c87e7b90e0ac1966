package parley.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import parley.contract.LogPosition;

class RoundTest {
    private static final LogPosition CHANGE = LogPosition.parse("e1:7");

    private final Round round = new Round(2);
    private final Watcher one = new Somebody();
    private final Watcher other = new Somebody();

    private static final class Somebody implements Watcher {
        @Override
        public void begin() {}

        @Override
        public void take(Buffer arrived) {}
    }

    @Test
    void itEndsWhenTheLastHasHeardOfTheChange() {
        round.answered(CHANGE);
        round.told(one, "e1:7");
        round.told(one, "e1:8");
        round.told(other, "e1:6");
        round.told(other, "e1:9");

        assertThat(round.await().getTotalCount()).isEqualTo(2);
    }

    @Test
    void whatIsHeardBeforeTheAnswerWasHeardInNoTime() {
        round.told(one, "e1:7");
        round.told(other, "e1:6");
        round.answered(CHANGE);
        round.told(other, "e1:7");

        assertThat(round.await().getTotalCount()).isEqualTo(2);
        assertThat(round.await().getMinValue()).isZero();
        assertThat(round.await().getMaxValue()).isLessThan(TimeUnit.MINUTES.toNanos(1));
    }

    @Test
    void whoIsCutOffEndsItForAll() {
        round.answered(CHANGE);
        round.told(one, "e1:7");
        round.fail(new IllegalStateException("cut off"));

        assertThatThrownBy(round::await).hasRootCauseMessage("cut off");
    }
}
