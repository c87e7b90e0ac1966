package parley.ledger.reconciliation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.contract.Category;
import parley.ledger.reconciliation.Explainer.Asked;
import parley.ledger.reconciliation.Explainer.Candidate;
import parley.ledger.reconciliation.Explanation.Kind;

/// Explanations by single entries: left out, added in, counted once, or of another figure.
final class ByEntry {
    private final Asked asked;
    private final Window window;
    private final List<Line> within;
    private final List<Line> inDoubt;
    private final List<Candidate> candidates = new ArrayList<>();

    ByEntry(Asked asked) {
        this.asked = asked;
        window = asked.window();
        within = asked.within();
        inDoubt = within.stream().filter(it -> !it.readings().isEmpty()).toList();
    }

    List<Candidate> candidates() {
        if (asked.isWhole()) {
            readings();
        }
        if (window.gap() < 0) {
            countedOnce();
            subsets(Kind.LEFT_OUT, within, "Without %s it agrees.");
        } else {
            List<Line> outside = new Outside(asked).lines();
            List<Line> newest =
                    outside.subList(
                            Math.max(0, outside.size() - Explainer.LINES_MAX), outside.size());
            subsets(Kind.ADDED_IN, newest, "With %s, which the scope leaves out, it agrees.");
            turned();
            if (asked.isWhole()) {
                otherCategories(outside);
            }
            countedTwice(outside.size());
        }
        return candidates;
    }

    /// By the figures of one claimant, or the least, or the most, that anybody says.
    private void readings() {
        var byVoice = new TreeMap<String, List<Line>>();
        for (Line line : inDoubt) {
            line.readings()
                    .keySet()
                    .forEach(it -> byVoice.computeIfAbsent(it, _ -> new ArrayList<>()).add(line));
        }
        int alternatives = byVoice.size() + 2;
        byVoice.forEach(
                (voice, lines) ->
                        reading(
                                "the figures of " + voice,
                                alternatives,
                                lines,
                                it -> it.readings().getOrDefault(voice, it.best())));
        reading("the lowest figures said", alternatives, within, it -> it.figure().low());
        reading("the highest figures said", alternatives, within, it -> it.figure().high());
    }

    /// @param lines all of which another figure is said
    private void reading(
            String whose, int alternatives, List<Line> lines, ToLongFunction<Line> figure) {
        long more = lines.stream().mapToLong(it -> figure.applyAsLong(it) - it.best()).sum();
        if (more == window.gap()) {
            List<Line> read =
                    lines.stream().filter(it -> figure.applyAsLong(it) != it.best()).toList();
            add(
                    Kind.ONE_CLAIMANT,
                    "By %s it agrees: %s."
                            .formatted(
                                    whose,
                                    read.stream()
                                            .map(
                                                    it ->
                                                            "%d for %s"
                                                                    .formatted(
                                                                            figure.applyAsLong(it),
                                                                            it.named()))
                                            .collect(Collectors.joining(", "))),
                    read,
                    asked.count(),
                    alternatives);
        }
    }

    /// Entries of one size taken for one, perhaps with one more left out, or of another's figure.
    private void countedOnce() {
        Map<Integer, List<Line>> bySize = new HashMap<>();
        within.stream()
                .filter(it -> it.best() > 0)
                .forEach(it -> bySize.computeIfAbsent(it.best(), _ -> new ArrayList<>()).add(it));
        double repeated = bySize.values().stream().mapToInt(it -> it.size() - 1).sum();
        Map<Integer, List<Line>> byDoubt = byDoubt();
        List<Line> once = null;
        var others = new ArrayList<Candidate>();
        for (List<Line> alike : bySize.values()) {
            for (int more = 1; more < Math.min(alike.size(), Explainer.ENTRIES_MAX); more++) {
                long over = wanted() - (long) more * alike.getFirst().best();
                if (over == 0) {
                    once = nearer(once, nearest(alike, more + 1));
                } else if (over > 0
                        && more + 2 <= Explainer.ENTRIES_MAX
                        && others.size() < Explainer.OF_ONE_KIND_MAX) {
                    countedOnceBut(alike, more + 1, (int) over, bySize, byDoubt)
                            .limit(Explainer.OF_ONE_KIND_MAX)
                            .map(it -> candidate(it, repeated * within.size()))
                            .forEach(others::add);
                }
            }
        }
        if (once != null) {
            add(
                    Kind.COUNTED_ONCE,
                    "Of equal size, and counted once: %s.".formatted(named(once)),
                    once,
                    wanted(),
                    repeated);
        }
        candidates.addAll(others);
    }

    /// Where somebody says less, by how much less.
    private Map<Integer, List<Line>> byDoubt() {
        Map<Integer, List<Line>> byDoubt = new HashMap<>();
        for (Line line : inDoubt) {
            line.readings().values().stream()
                    .distinct()
                    .map(it -> line.best() - it)
                    .forEach(it -> byDoubt.computeIfAbsent(it, _ -> new ArrayList<>()).add(line));
        }
        return byDoubt;
    }

    /// Entries of one size taken for one, and one more that explains the rest.
    ///
    /// @param less what is said of that one
    private record OnceBut(List<Line> once, Line other, String less) {}

    /// @param over what is still to be explained
    private static Stream<OnceBut> countedOnceBut(
            List<Line> alike,
            int entries,
            int over,
            Map<Integer, List<Line>> bySize,
            Map<Integer, List<Line>> byDoubt) {
        int size = alike.getFirst().best();
        Stream<Line> leftOut =
                bySize.getOrDefault(over, List.of()).stream().filter(_ -> over != size);
        Stream<Line> ofAnother =
                byDoubt.getOrDefault(over, List.of()).stream()
                        .filter(it -> it.best() != size && it.best() != over);
        return Stream.concat(
                leftOut.map(
                        it -> new OnceBut(nearest(alike, entries), it, it.named() + " left out")),
                ofAnother.map(
                        it ->
                                new OnceBut(
                                        nearest(alike, entries),
                                        it,
                                        "%d for %s".formatted(it.best() - over, it.named()))));
    }

    private Candidate candidate(OnceBut found, double alternatives) {
        var lines = new ArrayList<>(found.once);
        lines.add(found.other);
        return candidate(
                Kind.COUNTED_ONCE,
                "Of equal size, and counted once: %s; and %s."
                        .formatted(named(found.once), found.less),
                lines,
                wanted(),
                alternatives);
    }

    private static List<Line> nearer(@Nullable List<Line> one, List<Line> other) {
        return one == null || SubsetSums.span(other) < SubsetSums.span(one) ? other : one;
    }

    /// So many in a row, within the fewest days.
    private static List<Line> nearest(List<Line> alike, int wanted) {
        List<Line> nearest = alike.subList(0, wanted);
        for (int first = 1; first + wanted <= alike.size(); first++) {
            nearest = nearer(nearest, alike.subList(first, first + wanted));
        }
        return new ArrayList<>(nearest);
    }

    private void subsets(Kind kind, List<Line> lines, String sentence) {
        long wanted = Math.abs(window.gap());
        if (wanted > Integer.MAX_VALUE) {
            return;
        }
        double n = lines.stream().filter(it -> it.best() > 0).count();
        var sums = new SubsetSums(lines, (int) wanted);
        sums.ones().stream().limit(2).forEach(it -> subset(kind, sentence, List.of(it), n));
        subset(kind, sentence, sums.two(), n * (n - 1) / 2);
        subset(kind, sentence, sums.three(), n * (n - 1) * (n - 2) / 6);
    }

    private void subset(
            Kind kind, String sentence, @Nullable List<Line> found, double alternatives) {
        if (found != null) {
            add(
                    kind,
                    sentence.formatted(kind == Kind.ADDED_IN ? namedInFull(found) : named(found)),
                    found,
                    Math.abs(window.gap()),
                    alternatives);
        }
    }

    /// All that lies outside of one other category.
    private void otherCategories(List<Line> outside) {
        Map<Category, List<Line>> others =
                outside.stream()
                        .filter(it -> it.best() > 0)
                        .filter(it -> !asked.scope().categories().contains(it.what().category()))
                        .collect(Collectors.groupingBy(it -> it.what().category()));
        new TreeMap<>(others)
                .forEach(
                        (category, lines) -> {
                            if (sum(lines) == wanted()) {
                                add(
                                        Kind.ADDED_IN,
                                        "With those of the category `%s` it agrees."
                                                .formatted(category.wire()),
                                        lines,
                                        wanted(),
                                        others.size());
                            }
                        });
    }

    private long wanted() {
        return Math.abs(window.gap());
    }

    private static long sum(Collection<Line> lines) {
        return lines.stream().mapToLong(Line::best).sum();
    }

    /// One that went the other way, as where its ends were taken for one another.
    private void turned() {
        Scope.Kind back = asked.scope().kind().reversed();
        if (back.from() == null) {
            return;
        }
        List<Line> lines =
                asked.lines().stream()
                        .filter(it -> window.includes(it.day()) && back.includes(it.what()))
                        .filter(it -> it.best() > 0)
                        .toList();
        lines.stream()
                .filter(it -> it.best() == window.gap())
                .reduce((_, newest) -> newest)
                .ifPresent(
                        it ->
                                subset(
                                        Kind.ADDED_IN,
                                        "With %s, which went the other way, it agrees.",
                                        List.of(it),
                                        lines.size()));
    }

    /// Tried only after what lies outside.
    private void countedTwice(int outside) {
        within.stream()
                .filter(it -> it.best() == window.gap())
                .reduce((_, newest) -> newest)
                .ifPresent(
                        it ->
                                add(
                                        Kind.ADDED_IN,
                                        "With %s counted twice it agrees.".formatted(it.named()),
                                        List.of(it),
                                        it.best(),
                                        within.size() + outside));
    }

    private void add(Kind kind, String sentence, List<Line> lines, long sum, double alternatives) {
        candidates.add(candidate(kind, sentence, lines, sum, alternatives));
    }

    private Candidate candidate(
            Kind kind, String sentence, List<Line> lines, long sum, double alternatives) {
        return new Candidate(
                Explanation.of(kind, asked.countedOn() + sentence, lines, sum), alternatives);
    }

    private static String namedInFull(List<Line> lines) {
        return lines.stream().map(Line::namedInFull).collect(Collectors.joining(" and "));
    }

    private static String named(List<Line> lines) {
        return lines.stream().map(Line::named).collect(Collectors.joining(" and "));
    }
}
