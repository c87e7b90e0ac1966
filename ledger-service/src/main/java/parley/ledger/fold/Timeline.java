package parley.ledger.fold;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was held under each key, and when. Times are given in their order.
final class Timeline<K, V> {
    private Map<K, Known<V>> open = new LinkedHashMap<>();
    private List<Known<V>> closed = new ArrayList<>();

    /// What was held under the keys that were set since the last step, before it.
    private Map<K, Optional<Known<V>>> set = new LinkedHashMap<>();

    /// What was held under the keys that were set, and what was and is held under them since.
    record Step<V>(List<Known<V>> was, List<Known<V>> is) {}

    /// From that moment on, `value` is held under the key; null: nothing is.
    void set(K key, @Nullable V value, Instant at) {
        Known<V> held = open.get(key);
        set.putIfAbsent(key, Optional.ofNullable(held));
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

    /// Since when what is held under the key is; null where nothing is.
    @Nullable Instant since(K key) {
        Known<V> held = open.get(key);
        return held == null ? null : held.from();
    }

    /// Holds nothing, as from the beginning, under any key.
    void forget() {
        open = new LinkedHashMap<>();
    }

    /// Holds what was forgotten.
    void recall(K key, Known<V> held) {
        open.putIfAbsent(key, held);
    }

    /// What has changed since the last call. Only what is still held is remembered.
    Step<V> step() {
        List<Known<V>> was = set.values().stream().flatMap(Optional::stream).toList();
        var is = closed;
        set.keySet().stream()
                .map(key -> Optional.ofNullable(open.get(key)))
                .flatMap(Optional::stream)
                .forEach(is::add);
        closed = new ArrayList<>();
        set = new LinkedHashMap<>();
        return new Step<>(was, is);
    }
}
