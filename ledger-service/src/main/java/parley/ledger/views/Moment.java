package parley.ledger.views;

import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/// The two clocks of a question: what had taken place by a day, what the log held by a moment.
public class Moment {
    private static final int YEAR_MAX = 9999;

    @Parameter(description = "Only what had taken place by that day, e.g. 2025-07-17")
    @QueryParam("asOf")
    @Nullable String asOf;

    @Parameter(
            description =
                    "Only what the log held by that moment, e.g. 2025-07-18T09:30:00Z: the same"
                            + " answer for good, once the ledger has read past it")
    @QueryParam("knownAt")
    @Nullable String knownAt;

    /// Of what was asked for otherwise than by these parameters: a day, and a moment with an
    // offset.
    public static Moment of(@Nullable String asOf, @Nullable String knownAt) {
        var moment = new Moment();
        moment.asOf = asOf;
        moment.knownAt = knownAt;
        return moment;
    }

    /// The day by which it must have taken place, or null: whenever.
    public @Nullable LocalDate asOf() {
        return day("asOf", asOf);
    }

    /// The moment by which the log must have held it, or null: to this day. As exact as PostgreSQL,
    /// which would else take a moment for a later one.
    public @Nullable Instant knownAt() {
        if (knownAt == null) {
            return null;
        }
        try {
            return inCalendar(OffsetDateTime.parse(knownAt))
                    .toInstant()
                    .truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException unreadable) {
            throw ReadException.badParameter(
                    "knownAt",
                    "`knownAt` is a moment with its offset, e.g. 2025-07-18T09:30:00Z, not `"
                            + knownAt
                            + "`.");
        }
    }

    /// The same as a value for a query, or null.
    public @Nullable OffsetDateTime knownAtUtc() {
        Instant moment = knownAt();
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }

    /// Whether the log held by then what it took at that time.
    public boolean includes(Instant recordedAt) {
        Instant moment = knownAt();
        return moment == null || !recordedAt.isAfter(moment);
    }

    /// Reads a query parameter that is a day.
    public static @Nullable LocalDate day(String parameter, @Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            return inCalendar(LocalDate.parse(value));
        } catch (DateTimeException unreadable) {
            throw ReadException.badParameter(
                    parameter,
                    "`%s` is a day, e.g. 2025-07-17, not `%s`.".formatted(parameter, value));
        }
    }

    /// The earlier of two days, of which each may be missing.
    public static @Nullable LocalDate earlier(@Nullable LocalDate one, @Nullable LocalDate other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }

    /// PostgreSQL's years end before Java's do; nobody means either.
    private static <T extends Temporal> T inCalendar(T read) {
        int year = read.get(ChronoField.YEAR);
        if (year < 0 || year > YEAR_MAX) {
            throw new DateTimeException("the year " + year);
        }
        return read;
    }
}
