package parley.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import parley.bench.report.Machine.Ticks;

class MachineTest {
    private static final Ticks BEFORE = Ticks.of("cpu  100 20 30 400 5 6 7 8 9 10");

    @Test
    void timeOfGuestsIsNotCountedTwice() {
        assertThat(BEFORE).isEqualTo(new Ticks(8, 576));
    }

    @Test
    void whatWasStolenIsAPartOfTheTimeSince() {
        assertThat(Ticks.of("cpu  150 20 30 425 5 6 7 33 9 10").stolenSince(BEFORE))
                .isEqualTo(0.25);
        assertThat(BEFORE.stolenSince(BEFORE)).isZero();
    }

    @Test
    void thisMachineTells() {
        assertThat(Machine.ticks().all()).isPositive();
    }
}
