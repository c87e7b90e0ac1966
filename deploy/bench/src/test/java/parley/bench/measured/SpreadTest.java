package parley.bench.measured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void theMedianOfAnOddNumberOfRunsIsTheMiddleOne() {
        assertThat(Spread.of(List.of(9.0, 1.0, 4.0))).isEqualTo(new Spread(4, 1, 9, 3));
    }

    @Test
    void theMedianOfAnEvenNumberOfRunsLiesBetweenTheTwoInTheMiddle() {
        assertThat(Spread.of(List.of(4.0, 1.0, 9.0, 2.0))).isEqualTo(new Spread(3, 1, 9, 4));
    }

    @Test
    void oneRunIsItsOwnMedian() {
        assertThat(Spread.of(List.of(7.0))).isEqualTo(new Spread(7, 7, 7, 1));
    }

    @Test
    void noRunsHaveNoMedian() {
        assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRatioIsThatOfAPairAndNotThatOfTheMedians() {
        var ratios = Spread.ofRatios(List.of(10.0, 20.0, 90.0), List.of(5.0, 40.0, 30.0));

        assertThat(ratios).isEqualTo(new Spread(2, 0.5, 3, 3));
    }

    @Test
    void whatSlowsBothRunsOfAPairAlikeLeavesTheRatioAlone() {
        var ratios = Spread.ofRatios(List.of(100.0, 50.0, 10.0), List.of(50.0, 25.0, 5.0));

        assertThat(ratios).isEqualTo(new Spread(2, 2, 2, 3));
    }

    @Test
    void runsWithoutAPairHaveNoRatio() {
        assertThatThrownBy(() -> Spread.ofRatios(List.of(1.0, 2.0), List.of(1.0)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
