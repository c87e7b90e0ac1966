package parley.ledger.fold;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was held under each key, and when. Times are given in their order.
final class Timeline<K, V> {
    private final Map<K, Known<V>> open = new LinkedHashMap<>();
    private final List<Known<V>> closed = new ArrayList<>();

    /// From that moment on, `value` is held under the key; null: nothing is.
    void set(K key, @Nullable V value, Instant at) {
        Known<V> held = open.get(key);
        if (held != null) {
            if (held.value().equals(value)) {
                return;
            }
            open.remove(key);
            if (held.from().isBefore(at)) {
                closed.add(new Known<>(held.value(), held.from(), at));
            }
        }
        if (value != null) {
            open.put(key, new Known<>(value, at, null));
        }
    }

    /// The keys under which something is held.
    List<K> keys() {
        return List.copyOf(open.keySet());
    }

    /// All that was held, and all that is.
    List<Known<V>> history() {
        var history = new ArrayList<>(closed);
        history.addAll(open.values());
        return history;
    }
}
