package parley.bench.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.bench.measured.Metric;
import parley.bench.measured.Spread;
import parley.bench.measured.Work;

/// A line of the table: one number of one contender.
///
/// @param ratio how many times its number ours is; null where it is ours, or ours has none such
record Row(Work work, String contender, Metric metric, Spread spread, @Nullable Spread ratio) {
    /// All that was measured, in the order in which it was.
    static List<Row> of(List<Work> works) {
        var rows = new ArrayList<Row>();
        for (Work work : works) {
            for (String contender : work.contenders()) {
                for (Metric metric : work.metrics(contender)) {
                    rows.add(of(work, contender, metric));
                }
            }
        }
        return rows;
    }

    private static Row of(Work work, String contender, Metric metric) {
        List<Double> values = work.values(contender, metric);
        List<Double> ours = work.values(work.ours(), metric);
        boolean isCompared =
                metric.isCompared()
                        && !contender.equals(work.ours())
                        && ours.size() == values.size();
        return new Row(
                work,
                contender,
                metric,
                Spread.of(values),
                isCompared && values.stream().allMatch(value -> value > 0)
                        ? Spread.ofRatios(ours, values)
                        : null);
    }
}
