package parley.bench.measured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlternationTest {
    private final List<String> ran = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    private Contender contender(String name, double rate) {
        return new Contender(
                name,
                () -> {
                    ran.add(name);
                    return Measured.of(Metric.EVENTS, rate * ran.size());
                });
    }

    @Test
    void contendersRunInTurn() throws Exception {
        var alternation = new Alternation(3, said::add);

        alternation.run("some", "work", List.of(contender("A", 1), contender("B", 10)));

        assertThat(ran).containsExactly("A", "B", "A", "B", "A", "B");
        Work work = alternation.done().getFirst();
        assertThat(work.values("A", Metric.EVENTS)).containsExactly(1.0, 3.0, 5.0);
        assertThat(work.values("B", Metric.EVENTS)).containsExactly(20.0, 40.0, 60.0);
        assertThat(work.ours()).isEqualTo("A");
    }

    @Test
    void eachRunIsSaid() throws Exception {
        new Alternation(1, said::add).run("some", "work", List.of(contender("A", 1)));

        assertThat(said).containsExactly("some, work, 1 of 1: A: rate 1.000 events/s");
    }

    @Test
    void aRunThatFailsEndsTheWhole() {
        var failing =
                new Contender(
                        "B",
                        () -> {
                            throw new IllegalStateException("other totals");
                        });
        var alternation = new Alternation(2, said::add);

        assertThatThrownBy(
                        () -> alternation.run("some", "work", List.of(contender("A", 1), failing)))
                .hasMessage("other totals");
        assertThat(alternation.done()).isEmpty();
    }

    @Test
    void whatIsNoNumberIsNotMeasured() {
        assertThatThrownBy(() -> Measured.of(Metric.P99, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
