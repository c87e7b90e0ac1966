package parley.ledger.dashboard;

import jakarta.ws.rs.QueryParam;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import parley.ledger.views.Moment;
import parley.ledger.views.ReadException;

/// What of a conflict is to be shown, and how: what stands in the address. A form without scripts
/// sends what is not filled in as an empty text.
public class Choice {
    @QueryParam("conflict")
    @Nullable String conflict;

    @QueryParam("asOf")
    @Nullable String asOf;

    @QueryParam("knownAt")
    @Nullable String knownAt;

    @QueryParam("knownOn")
    @Nullable String knownOn;

    @QueryParam("category")
    @Nullable String category;

    @QueryParam("lang")
    @Nullable String lang;

    @QueryParam("theme")
    @Nullable String theme;

    public @Nullable String conflict() {
        return filled(conflict);
    }

    public @Nullable String asOf() {
        return filled(asOf);
    }

    @Nullable String category() {
        return filled(category);
    }

    @Nullable String lang() {
        return filled(lang);
    }

    /// The day by whose end, in UTC, the log must have held it, or null.
    public @Nullable LocalDate knownOn() {
        return Moment.day("knownOn", filled(knownOn));
    }

    /// As the public calls take it, or null.
    public @Nullable String knownAt() {
        LocalDate day = knownOn();
        return day == null ? filled(knownAt) : day + "T23:59:59.999999Z";
    }

    /// The two clocks as the public calls take them, each followed by `&`.
    public String clocks() {
        String day = asOf();
        String moment = knownAt();
        return (day == null ? "" : "asOf=" + encoded(day) + "&")
                + (moment == null ? "" : "knownAt=" + encoded(moment) + "&");
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    Moment moment() {
        return Moment.of(asOf(), knownAt());
    }

    /// `light`, `dark`, or `auto`: as the reader's device has it.
    public String theme() {
        String wanted = filled(theme);
        return switch (wanted) {
            case null -> "auto";
            case "auto", "light", "dark" -> wanted;
            default ->
                    throw ReadException.badParameter(
                            "theme", "`theme` is `auto`, `light` or `dark`, not `" + wanted + "`.");
        };
    }

    private static @Nullable String filled(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }
}
