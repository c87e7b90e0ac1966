package parley.ledger.timeline;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/// How long a bucket is. A week is that of ISO 8601, from Monday.
enum Unit {
    DAY(ChronoUnit.DAYS),
    WEEK(ChronoUnit.WEEKS),
    MONTH(ChronoUnit.MONTHS),
    YEAR(ChronoUnit.YEARS);

    private final ChronoUnit length;

    Unit(ChronoUnit length) {
        this.length = length;
    }

    /// The word for it, in a question and in SQL.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The first day of the bucket that the day is in.
    LocalDate first(LocalDate day) {
        return switch (this) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            case YEAR -> day.withDayOfYear(1);
        };
    }

    /// The first day of the bucket after the one that starts on that day.
    LocalDate next(LocalDate first) {
        return first.plus(1, length);
    }

    /// The last day of the bucket that starts on that day.
    LocalDate last(LocalDate first) {
        return next(first).minusDays(1);
    }
}
