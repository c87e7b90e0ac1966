package parley.ledger.fold;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which exchange is the same handover as which other. There are no rings.
///
/// A merge takes effect once its target is reported; until then its subject counts by itself, so
/// that nobody is missing from the books meanwhile.
final class Merges {
    private final Map<String, String> into = new HashMap<>();
    private final Map<String, Set<String>> from = new HashMap<>();
    private final Predicate<String> isReported;

    Merges(Predicate<String> isReported) {
        this.isReported = isReported;
    }

    boolean isEmpty() {
        return into.isEmpty();
    }

    /// Whether the exchange is among those that are merged into the other, or is the other.
    boolean leads(String exchange, String other) {
        for (String next = exchange; next != null; next = into.get(next)) {
            if (next.equals(other)) {
                return true;
            }
        }
        return false;
    }

    /// Notes that `exchange` is the same as `target`, in place of what it was merged into before.
    void merge(String exchange, String target) {
        String before = into.put(exchange, target);
        if (before != null) {
            from.getOrDefault(before, Set.of()).remove(exchange);
        }
        from.computeIfAbsent(target, _ -> new TreeSet<>()).add(exchange);
    }

    /// What the exchange is merged into, directly, or null.
    @Nullable String target(String exchange) {
        String target = into.get(exchange);
        return target != null && isReported.test(target) ? target : null;
    }

    /// Where its claims go: the end of the chain that begins with it.
    String end(String exchange) {
        String end = exchange;
        for (String next = exchange; next != null; next = target(next)) {
            end = next;
        }
        return end;
    }

    /// The exchange, and all whose chain leads through it.
    List<String> group(String exchange) {
        var group = new ArrayList<String>();
        group.add(exchange);
        for (int next = 0; next < group.size(); next++) {
            group.addAll(from.getOrDefault(group.get(next), Set.of()));
        }
        return group;
    }
}
