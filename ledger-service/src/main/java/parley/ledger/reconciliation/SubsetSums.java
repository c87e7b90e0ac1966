package parley.ledger.reconciliation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds up to three of some lines that amount to a number. Exact: where there are such, they are
/// found. Of each size the newest are taken, and of several hits the one nearest in time.
///
/// Lines of one size are one number to the search, and whether a number is there is one look: three
/// of 2,000 lines are found, or not, in a few milliseconds.
final class SubsetSums {
    /// So many hits are weighed against one another; coincidences beyond that say nothing anyway.
    private static final int HITS_MAX = 64;

    private final Map<Integer, List<Line>> bySize = new HashMap<>();
    private final BitSet present = new BitSet(); // by size, of which the contract has a largest
    private final int[] sizes; // distinct, largest first
    private final int target;

    /// @param lines oldest first
    /// @param target what they are to amount to, at least 1
    SubsetSums(List<Line> lines, int target) {
        this.target = target;
        for (Line line : lines) {
            if (line.best() > 0 && line.best() <= target) {
                bySize.computeIfAbsent(line.best(), _ -> new ArrayList<>()).add(line);
            }
        }
        sizes =
                bySize.keySet().stream()
                        .sorted(Collections.reverseOrder())
                        .mapToInt(Integer::intValue)
                        .toArray();
        Arrays.stream(sizes).forEach(present::set);
    }

    /// Those that are of that number by themselves, newest first.
    List<Line> ones() {
        return bySize.getOrDefault(target, List.of()).reversed();
    }

    /// Two, oldest first; or null.
    @Nullable List<Line> two() {
        var hits = new Hits();
        for (int size : sizes) {
            int rest = target - size;
            if (size >= rest && rest > 0 && present.get(rest)) {
                hits.add(size, rest);
            }
        }
        return hits.nearest();
    }

    /// Three, oldest first; or null.
    @Nullable List<Line> three() {
        var hits = new Hits();
        for (int first = 0; first < sizes.length && sizes[first] * 3L >= target; first++) {
            int rest = target - sizes[first];
            for (int second = first; second < sizes.length && !hits.isFull(); second++) {
                int third = rest - sizes[second];
                if (third > sizes[second]) {
                    break;
                }
                if (third > 0 && present.get(third)) {
                    hits.add(sizes[first], sizes[second], third);
                }
            }
        }
        return hits.nearest();
    }

    private final class Hits {
        private final List<List<Line>> found = new ArrayList<>();

        boolean isFull() {
            return found.size() >= HITS_MAX;
        }

        /// The newest lines of those sizes, if there are enough of each.
        void add(int... wanted) {
            var lines = new ArrayList<Line>();
            for (int size : wanted) {
                List<Line> of = bySize.getOrDefault(size, List.of());
                int place = of.size() - 1;
                while (place >= 0 && lines.contains(of.get(place))) {
                    place--;
                }
                if (place < 0) {
                    return;
                }
                lines.add(of.get(place));
            }
            lines.sort(Line.OLDEST_FIRST);
            found.add(lines);
        }

        @Nullable List<Line> nearest() {
            List<Line> nearest = null;
            for (List<Line> hit : found) {
                if (nearest == null || span(hit) < span(nearest)) {
                    nearest = hit;
                }
            }
            return nearest;
        }
    }

    static long span(List<Line> lines) {
        return lines.getLast().day().toEpochDay() - lines.getFirst().day().toEpochDay();
    }
}
