package parley.ledger.dashboard;

import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.ledger.fold.Figure;
import parley.ledger.totals.TotalsView;

/// What is said in one language, and how it writes numbers and days.
public record Words(Locale locale, Map<String, String> texts) {
    public Words {
        texts = Map.copyOf(texts);
    }

    public String language() {
        return locale.toLanguageTag();
    }

    /// The text of that name; where it is missing, the name, so that it is seen.
    public String say(String name) {
        return texts.getOrDefault(name, name);
    }

    /// The name of a party, unless the language has one of its own for it.
    public String party(String code, String name) {
        return texts.getOrDefault("party." + code, name);
    }

    /// Likewise of a conflict.
    public String conflict(String id, String name) {
        return texts.getOrDefault("conflict." + id, name);
    }

    public String number(long number) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }

    public String day(@Nullable LocalDate day) {
        return day == null
                ? say("none")
                : DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                        .withLocale(locale)
                        .format(day);
    }

    /// What a figure leaves open, in words: its range, what is disputed, what nobody states.
    public String uncertainty(Figure figure) {
        return say("uncertainty")
                .replace("{low}", number(figure.low()))
                .replace("{high}", number(figure.high()))
                .replace("{disputed}", number(figure.disputed()))
                .replace("{unstated}", number(figure.unstated()));
    }

    /// The same in its parts, where there is no room for it on one line.
    public List<String> openParts(Figure figure) {
        return List.of(uncertainty(figure).split("\\h*·\\h*"));
    }

    /// What those totals rest on: what had happened by a day, and what was known on one (UTC).
    public String basis(TotalsView totals) {
        Instant knownAt = totals.knownAt();
        LocalDate known = knownAt == null ? null : LocalDate.ofInstant(knownAt, ZoneOffset.UTC);
        return say(totals.asOf() == null ? "basis.knownAt" : "basis.then")
                .replace("{asOf}", day(totals.asOf()))
                .replace("{knownAt}", day(known));
    }

    public String direction() {
        return texts.getOrDefault("dir", "ltr");
    }
}
