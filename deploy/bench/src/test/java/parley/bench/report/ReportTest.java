package parley.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.bench.measured.Measured;
import parley.bench.measured.Metric;
import parley.bench.measured.Work;

class ReportTest {
    private static final Work WORK =
            new Work(
                    "projection",
                    "1,000 events",
                    List.of("ledger", "peer"),
                    List.of(
                            Map.of("ledger", rate(200), "peer", rate(100)),
                            Map.of("ledger", rate(60_000), "peer", rate(20_000))));
    private final Report report = new Report("projection", List.of(WORK), Map.of("cores", "2"));

    private static Measured rate(double rate) {
        return Measured.of(Metric.EVENTS, rate);
    }

    @Test
    void theTableHasTheMedianTheSpreadAndTheRatio() {
        assertThat(report.markdown())
                .contains(
                        "| cores | 2 |",
                        "## projection",
                        "### 1,000 events",
                        "| ledger | rate, events/s | 30,100 | 200 – 60,000 | 2 |  |  |",
                        "| peer | rate, events/s | 10,100 | 100 – 20,000 | 2 | 2.50 | 2.00 – 3.00 |");
    }

    @Test
    void whatNoContenderDidHasNoRatio() {
        Metric stolen = Metric.notCompared("stolen", "%");
        Measured measured = Measured.of(stolen, 3);
        var work =
                new Work(
                        "reads",
                        "totals",
                        List.of("ledger", "peer"),
                        List.of(Map.of("ledger", measured, "peer", measured)));

        assertThat(new Report("reads", List.of(work), Map.of()).markdown())
                .contains("| peer | stolen, % | 3.00 | 3.00 – 3.00 | 1 |  |  |");
    }

    @Test
    void theListToComputeWithHasThemWithoutRounding() {
        assertThat(report.csv())
                .endsWith(
                        """
                        "projection","1,000 events","peer","rate","events/s",10050.0,100.000,\
                        20000.0,2,2.50000,2.00000,3.00000
                        """);
    }

    @Test
    void numbersHaveThreeDigitsThatCount() {
        assertThat(Report.number(123_456)).isEqualTo("123,000");
        assertThat(Report.number(1.2345)).isEqualTo("1.23");
        assertThat(Report.number(0.012345)).isEqualTo("0.0123");
    }

    @Test
    void aComparisonHasAPlot(@TempDir Path folder) throws IOException {
        report.write(folder);

        assertThat(folder).isDirectoryContaining("glob:**/projection.png");
    }

    @Test
    void whatIsMeasuredAgainLeavesTheTablesOfOthers(@TempDir Path folder) throws IOException {
        new Report("reads", List.of(WORK), Map.of("cores", "4")).write(folder);
        report.write(folder);

        report.write(folder);
        Report.collect(folder, List.of("projection", "bulk", "reads"));

        assertThat(folder.resolve("results.md"))
                .content()
                .containsSubsequence(
                        "# Results", "## projection", "cores | 2", "## reads", "cores | 4");
    }
}
