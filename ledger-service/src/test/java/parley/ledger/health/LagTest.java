package parley.ledger.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LagTest {
    private final Lag lag = new Lag();

    @Test
    void whatIsReadToItsEndIsNotBehindHoweverOldItIs() {
        look(0, 10, 10);
        look(1000, 10, 10);

        assertThat(lag.records()).isZero();
        assertThat(lag.seconds(nanos(1000))).isZero();
        assertThat(lag.standstillSeconds(nanos(1000))).isZero();
    }

    @Test
    void theOldestUnreadRecordTellsHowFarBehindItIs() {
        look(0, 0, 10);
        look(5, 0, 20);
        assertThat(lag.seconds(nanos(8))).isEqualTo(8);

        look(9, 10, 30);

        assertThat(lag.records()).isEqualTo(20);
        assertThat(lag.seconds(nanos(12))).isEqualTo(7);
    }

    @Test
    void booksThatMoveDoNotStandStillThoughTheyAreBehind() {
        look(0, 0, 100);
        look(60, 1, 100);
        assertThat(lag.standstillSeconds(nanos(60))).isZero();

        look(90, 1, 100);

        assertThat(lag.standstillSeconds(nanos(90))).isEqualTo(30);
        assertThat(lag.seconds(nanos(90))).isEqualTo(90);
    }

    @Test
    void aLagOfDaysIsToldFromItsBeginningWithoutMoreMemory() {
        for (int second = 0; second < 200_000; second++) {
            look(second, 0, second + 1);
        }

        assertThat(lag.seconds(nanos(200_000))).isEqualTo(200_000);

        look(200_000, 100_000, 200_000);
        assertThat(lag.seconds(nanos(200_000))).isBetween(100_000.0, 101_000.0);
    }

    private void look(long second, long next, long end) {
        lag.look(next, end, nanos(second));
    }

    private static long nanos(long second) {
        return TimeUnit.SECONDS.toNanos(second);
    }
}
