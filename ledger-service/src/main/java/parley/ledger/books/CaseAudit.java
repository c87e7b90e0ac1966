package parley.ledger.books;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import parley.ledger.fold.CaseFold;
import parley.ledger.fold.CaseFold.Step;
import parley.ledger.fold.Definitions;
import parley.ledger.fold.Fingerprint;

/// Holds what the books keep against the events: some cases at a time are folded again, and their
/// entries, editions and outcomes must be those that are kept.
@ApplicationScoped
public class CaseAudit {
    private static final int DIFFERENCES_MAX = 100;

    /// A round is one transaction, and goes on another time where it stopped.
    private static final int PAGES_MAX = 100;

    private static final String NOTHING = "nothing";

    private final DataSource books;

    CaseAudit(DataSource books) {
        this.books = books;
    }

    /// What was found.
    ///
    /// @param last the name of the last case that was looked at; empty where it was the last of all
    /// @param cases how many cases were looked at
    /// @param differences a sentence each; not all, where there are hundreds
    public record Found(String last, int cases, List<String> differences) {}

    /// Looks at the next cases in the order of their names, in the transaction that is open.
    /// Subjects that belong to cases with later names are passed by: up to a hundred times
    /// `casesMax` of them, behind which the next call goes on.
    ///
    /// @param after the last that was looked at
    public Found next(String after, int casesMax) throws SQLException {
        try (Connection connection = books.getConnection()) {
            return next(connection, after, casesMax);
        }
    }

    static Found next(Connection connection, String after, int casesMax) throws SQLException {
        Found found = page(connection, after, casesMax);
        for (int page = 1; page < PAGES_MAX && found.cases == 0 && !found.last.isEmpty(); page++) {
            found = page(connection, found.last, casesMax);
        }
        return found;
    }

    private static Found page(Connection connection, String after, int casesMax)
            throws SQLException {
        List<String> subjects = EventTable.subjects(connection, after, casesMax);
        String end = subjects.size() < casesMax ? "" : subjects.getLast();
        List<String> cases = TieTable.cases(connection, subjects, after, end, casesMax);
        String last = cases.size() < casesMax ? end : cases.getLast();
        return new Found(last, cases.size(), differences(connection, cases));
    }

    /// Of a line only fingerprints are remembered: a case may have more than there is memory for.
    /// So the cases are folded once more where something differs, to say what.
    private static List<String> differences(Connection connection, List<String> cases)
            throws SQLException {
        Map<Fingerprint, Fingerprint> folded =
                fold(connection, cases, (_, said) -> fingerprint(said));
        Map<String, String> kept = new TreeMap<>(); // otherwise than folded
        CaseLines.read(
                connection,
                cases,
                (name, said) -> {
                    Fingerprint other = folded.remove(fingerprint(name));
                    if (!fingerprint(said).equals(other) && kept.size() < DIFFERENCES_MAX) {
                        kept.put(name, said);
                    }
                });
        Set<Fingerprint> sought = new HashSet<>();
        kept.keySet().forEach(name -> sought.add(fingerprint(name)));
        folded.keySet().stream().limit(DIFFERENCES_MAX).forEach(sought::add);
        if (sought.isEmpty()) {
            return List.of();
        }
        Map<String, String> said = new HashMap<>();
        fold(
                        connection,
                        cases,
                        (name, line) ->
                                sought.contains(fingerprint(name)) ? Map.entry(name, line) : null)
                .values()
                .forEach(line -> said.put(line.getKey(), line.getValue()));
        Set<String> names = new TreeSet<>(kept.keySet());
        names.addAll(said.keySet());
        return names.stream()
                .map(
                        name ->
                                "The %s is kept as: %s. Its events say: %s."
                                        .formatted(
                                                name,
                                                kept.getOrDefault(name, NOTHING),
                                                said.getOrDefault(name, NOTHING)))
                .toList();
    }

    /// What the events of those cases amount to.
    ///
    /// @param remembered what is kept of a line, by its name and what it says; null: nothing
    /// @return by the fingerprints of the names
    private static <T> Map<Fingerprint, T> fold(
            Connection connection,
            List<String> cases,
            BiFunction<String, String, @Nullable T> remembered)
            throws SQLException {
        Definitions definitions = Definitions.of(EventTable.definitions(connection));
        Map<Fingerprint, T> all = new HashMap<>();
        try (HeldEvents held = HeldEvents.read(connection, cases)) {
            for (int place = 0; place < cases.size(); place++) {
                Map<Fingerprint, T> lines = new HashMap<>();
                var fold = held.fold(place, definitions, step -> remember(step, lines, remembered));
                if (fold == null) {
                    lines.clear();
                    try (HeldEvents one = HeldEvents.read(connection, List.of(cases.get(place)))) {
                        var atOnce = CaseFold.of(one.all(0), definitions);
                        remember(atOnce.step(), lines, remembered);
                    }
                }
                all.putAll(lines);
            }
        }
        return all;
    }

    private static <T> void remember(
            Step step,
            Map<Fingerprint, T> lines,
            BiFunction<String, String, @Nullable T> remembered) {
        CaseLines.of(step.was(), (name, _) -> lines.remove(fingerprint(name)));
        CaseLines.of(
                step.is(),
                (name, said) -> {
                    T line = remembered.apply(name, said);
                    if (line != null) {
                        lines.put(fingerprint(name), line);
                    }
                });
    }

    private static Fingerprint fingerprint(String words) {
        return Fingerprint.of(words.getBytes(UTF_8));
    }
}
