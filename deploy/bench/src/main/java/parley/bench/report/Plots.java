package parley.bench.report;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler;
import parley.bench.measured.Metric;
import parley.bench.measured.Spread;
import parley.bench.measured.Work;

/// A comparison as bars: what each contender is compared by, its median, and how far the runs lay
/// apart.
final class Plots {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 480;
    private static final int DOTS_PER_INCH = 120;
    private static final int LABELS_ROTATED_BY = 20;
    private static final Color BAR = new Color(0x33, 0x66, 0x99);

    private Plots() {}

    /// Writes a file for each work, numbered where there are several: `projection.png`.
    static void write(Path file, List<Work> works) throws IOException {
        for (int number = 0; number < works.size(); number++) {
            Path numbered =
                    works.size() == 1
                            ? file
                            : file.resolveSibling(file.getFileName() + "-" + (number + 1));
            BitmapEncoder.saveBitmapWithDPI(
                    chart(works.get(number)),
                    numbered + ".png",
                    BitmapEncoder.BitmapFormat.PNG,
                    DOTS_PER_INCH);
        }
    }

    private static CategoryChart chart(Work work) {
        Metric metric = work.metrics(work.ours()).iterator().next();
        var names = new ArrayList<String>();
        var medians = new ArrayList<Double>();
        var errors = new ArrayList<Double>();
        for (String contender : work.contenders()) {
            List<Double> values = work.values(contender, metric);
            if (!values.isEmpty()) {
                Spread spread = Spread.of(values);
                names.add(contender);
                medians.add(spread.median());
                errors.add((spread.high() - spread.low()) / 2);
            }
        }
        CategoryChart chart =
                new CategoryChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(work.comparison() + ": " + work.name())
                        .yAxisTitle(metric.name() + ", " + metric.unit())
                        .theme(Styler.ChartTheme.XChart)
                        .build();
        chart.addSeries(metric.name(), names, medians, errors);
        var styler = chart.getStyler();
        styler.setLegendVisible(false);
        styler.setXAxisLabelRotation(LABELS_ROTATED_BY);
        styler.setSeriesColors(new Color[] {BAR});
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setYAxisMin(0.0);
        styler.setYAxisDecimalPattern("#,###.##");
        return chart;
    }
}
