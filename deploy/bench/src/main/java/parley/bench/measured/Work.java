package parley.bench.measured;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A piece of work, and how each contender did it, pair by pair.
///
/// @param comparison which comparison it is part of
/// @param name what was done, in words
/// @param contenders whoever did it, ours first
/// @param pairs what each of them gave, round by round
public record Work(
        String comparison,
        String name,
        List<String> contenders,
        List<Map<String, Measured>> pairs) {
    public Work {
        contenders = List.copyOf(contenders);
        pairs = pairs.stream().map(Map::copyOf).toList();
    }

    /// All that was measured of a contender, in the order in which it is shown.
    public Set<Metric> metrics(String contender) {
        return pairs.stream()
                .flatMap(pair -> measured(pair, contender))
                .flatMap(measured -> measured.values().keySet().stream())
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }

    /// What a contender gave, round by round; empty where that is not measured of it.
    public List<Double> values(String contender, Metric metric) {
        return pairs.stream()
                .flatMap(pair -> measured(pair, contender))
                .flatMap(measured -> Stream.ofNullable(measured.values().get(metric)))
                .toList();
    }

    public String ours() {
        return contenders.getFirst();
    }

    private static Stream<Measured> measured(Map<String, Measured> pair, String contender) {
        return Stream.ofNullable(pair.get(contender));
    }
}
