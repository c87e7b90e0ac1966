package parley.ledger.fold;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which exchange is the same handover as which other. There are no rings.
///
/// A merge takes effect once its target is reported; until then its subject counts by itself, so
/// that nobody is missing from the books meanwhile.
final class Merges {
    private final Map<String, String> into = new HashMap<>();
    private final Predicate<String> isReported;

    Merges(Predicate<String> isReported) {
        this.isReported = isReported;
    }

    boolean isEmpty() {
        return into.isEmpty();
    }

    /// Notes that `exchange` is the same as `target`, unless that would make a ring.
    boolean merge(String exchange, String target) {
        for (String next = target; next != null; next = into.get(next)) {
            if (next.equals(exchange)) {
                return false;
            }
        }
        into.put(exchange, target);
        return true;
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

    /// All exchanges whose claims go to that one, itself first.
    List<String> group(String end) {
        var group = new ArrayList<String>();
        group.add(end);
        into.keySet().stream()
                .filter(exchange -> !exchange.equals(end) && end(exchange).equals(end))
                .sorted()
                .forEach(group::add);
        return group;
    }
}
