package parley.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.regex.Pattern;

/// A day, a month, a year, or an interval of them, as EDTF level 0 writes it.
///
/// @param text as it was written, e.g. `2025-06` or `2025-06-11/2025-06-16`
/// @param first the first day that it covers
/// @param last the last day that it covers, never before `first`
/// @see <a href="https://www.loc.gov/standards/datetime/">Extended Date/Time Format (ISO
// 8601-2)</a>
public record EdtfDate(@JsonValue String text, LocalDate first, LocalDate last) {
    private static final Pattern YEAR = Pattern.compile("\\d{4}");
    private static final Pattern MONTH = Pattern.compile("\\d{4}-\\d{2}");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    /// Reads a date; an [IllegalArgumentException] says what is wrong with it.
    @JsonCreator
    public static EdtfDate parse(String text) {
        int slash = text.indexOf('/');
        EdtfDate from = slash < 0 ? single(text) : single(text.substring(0, slash));
        EdtfDate to = slash < 0 ? from : single(text.substring(slash + 1));
        if (to.last.isBefore(from.first)) {
            throw new IllegalArgumentException("The interval " + text + " ends before it starts.");
        }
        return new EdtfDate(text, from.first, to.last);
    }

    private static EdtfDate single(String text) {
        try {
            if (DAY.matcher(text).matches()) {
                // By hand: a formatter's parser costs more than all else of a statement's reading.
                LocalDate day =
                        LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
                return new EdtfDate(text, day, day);
            }
            if (MONTH.matcher(text).matches()) {
                YearMonth month = YearMonth.parse(text);
                return new EdtfDate(text, month.atDay(1), month.atEndOfMonth());
            }
            if (YEAR.matcher(text).matches()) {
                LocalDate start = LocalDate.of(Integer.parseInt(text), 1, 1);
                return new EdtfDate(text, start, start.plusYears(1).minusDays(1));
            }
        } catch (DateTimeException impossible) {
            throw new IllegalArgumentException(text + " is not in the calendar.", impossible);
        }
        throw new IllegalArgumentException(
                "'"
                        + text
                        + "' is not a date: write a day (2025-07-17), a month (2025-07), a year"
                        + " (2025), or an interval of them (2025-06-11/2025-06-16).");
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
