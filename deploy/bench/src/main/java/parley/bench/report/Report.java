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
import org.jspecify.annotations.Nullable;
import parley.bench.measured.Spread;
import parley.bench.measured.Work;

/// What was measured, as files: of each comparison a table to read, the same to compute with, and
/// plots. What was measured before of others stays.
public final class Report {
    private static final int DIGITS = 3;
    private static final String ALL = "results.md";

    private final String comparison;
    private final List<Work> works;
    private final Map<String, String> circumstances;

    /// @param comparison what it is called
    /// @param works all that was done of it
    /// @param circumstances on what and how it was measured, in words
    public Report(String comparison, List<Work> works, Map<String, String> circumstances) {
        this.comparison = comparison;
        this.works = List.copyOf(works);
        this.circumstances = circumstances;
    }

    /// Writes `NAME.md`, `NAME.csv` and a plot of each work.
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(comparison + ".md"), markdown());
        Files.writeString(folder.resolve(comparison + ".csv"), csv());
        Plots.write(folder.resolve(comparison), works);
    }

    /// Puts together in `results.md` what there is of the comparisons, in this order.
    public static void collect(Path folder, List<String> comparisons) throws IOException {
        Files.createDirectories(folder);
        var text = new StringBuilder("# Results\n");
        for (String comparison : comparisons) {
            Path table = folder.resolve(comparison + ".md");
            if (Files.exists(table)) {
                text.append("\n").append(Files.readString(table));
            }
        }
        Files.writeString(folder.resolve(ALL), text);
    }

    String markdown() {
        var text = new StringBuilder("## %s\n".formatted(comparison));
        for (Work work : works) {
            text.append("\n### %s\n\n".formatted(work.name()));
            text.append(
                    "| | | median | lowest to highest | runs | ours ÷ it | lowest to highest |\n");
            text.append("|---|---|--:|--:|--:|--:|--:|\n");
            Row.of(List.of(work)).forEach(row -> text.append(markdown(row)));
        }
        text.append("\n| measured on | |\n|---|---|\n");
        circumstances.forEach((name, value) -> text.append("| %s | %s |\n".formatted(name, value)));
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
