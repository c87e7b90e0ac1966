package parley.bench.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parley.bench.measured.Spread;
import parley.bench.measured.Work;

/// What was measured, as files: a table to read, the same to compute with, and plots.
public final class Report {
    private static final int DIGITS = 3;

    private final List<Work> works;
    private final Map<String, String> circumstances;

    /// @param circumstances on what and how it was measured, in words
    public Report(List<Work> works, Map<String, String> circumstances) {
        this.works = List.copyOf(works);
        this.circumstances = circumstances;
    }

    /// Writes `results.md`, `results.csv` and a plot of each comparison.
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("results.md"), markdown());
        Files.writeString(folder.resolve("results.csv"), csv());
        for (var comparison :
                works.stream().collect(Collectors.groupingBy(Work::comparison)).entrySet()) {
            Plots.write(folder.resolve(comparison.getKey()), comparison.getValue());
        }
    }

    String markdown() {
        var text = new StringBuilder("# Results\n\n| | |\n|---|---|\n");
        circumstances.forEach((name, value) -> text.append("| %s | %s |\n".formatted(name, value)));
        for (Work work : works) {
            text.append("\n## %s: %s\n\n".formatted(work.comparison(), work.name()));
            text.append(
                    "| | | median | lowest to highest | runs | ours ÷ it | lowest to highest |\n");
            text.append("|---|---|--:|--:|--:|--:|--:|\n");
            Row.of(List.of(work)).forEach(row -> text.append(markdown(row)));
        }
        return text.toString();
    }

    private static String markdown(Row row) {
        Spread spread = row.spread();
        return "| %s | %s, %s | %s | %s – %s | %d | %s | %s |\n"
                .formatted(
                        row.contender(),
                        row.metric().name(),
                        row.metric().unit(),
                        number(spread.median()),
                        number(spread.low()),
                        number(spread.high()),
                        spread.runs(),
                        row.ratio() == null ? "" : number(row.ratio().median()),
                        range(row.ratio()));
    }

    private static String range(@Nullable Spread ratio) {
        return ratio == null ? "" : number(ratio.low()) + " – " + number(ratio.high());
    }

    String csv() {
        var text =
                new StringBuilder(
                        "comparison,work,contender,metric,unit,median,low,high,runs,"
                                + "ratio,ratio_low,ratio_high\n");
        for (Row row : Row.of(works)) {
            Spread spread = row.spread();
            Spread ratio = row.ratio();
            text.append(
                    String.join(
                            ",",
                            quoted(row.work().comparison()),
                            quoted(row.work().name()),
                            quoted(row.contender()),
                            quoted(row.metric().name()),
                            quoted(row.metric().unit()),
                            plain(spread.median()),
                            plain(spread.low()),
                            plain(spread.high()),
                            Integer.toString(spread.runs()),
                            ratio == null ? "" : plain(ratio.median()),
                            ratio == null ? "" : plain(ratio.low()),
                            ratio == null ? "" : plain(ratio.high())));
            text.append('\n');
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static String plain(double number) {
        return String.format(Locale.ROOT, "%.6g", number);
    }

    /// Three digits, since more would not be found again.
    static String number(double number) {
        var rounded = new BigDecimal(number).round(new MathContext(DIGITS, RoundingMode.HALF_UP));
        int decimals = Math.max(0, DIGITS - (rounded.precision() - rounded.scale()));
        return String.format(Locale.ROOT, "%,." + decimals + "f", rounded);
    }
}
