package parley.ledger.books;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import parley.ledger.fold.Known;

/// What must be written so that the books hold what a case amounts to now rather than before.
final class Changes<T> {
    private final Function<T, ?> key;
    private final List<Known<T>> added = new ArrayList<>();
    private final List<Known<T>> ended = new ArrayList<>();
    private final List<Known<T>> removed = new ArrayList<>();

    /// @param key what names a value; at any moment one value of a name is held
    Changes(Function<T, ?> key) {
        this.key = key;
    }

    void compare(List<Known<T>> before, List<Known<T>> after) {
        int same = 0; // What is long past stands first in both.
        int shorter = Math.min(before.size(), after.size());
        while (same < shorter && before.get(same).equals(after.get(same))) {
            same++;
        }
        Map<Object, Known<T>> old = new HashMap<>();
        for (Known<T> known : before.subList(same, before.size())) {
            old.put(name(known), known);
        }
        for (Known<T> known : after.subList(same, after.size())) {
            Known<T> was = old.remove(name(known));
            if (was == null) {
                added.add(known);
            } else if (!was.value().equals(known.value())) {
                removed.add(was);
                added.add(known);
            } else if (!known.equals(was)) {
                ended.add(known);
            }
        }
        removed.addAll(old.values());
    }

    private record Name(Object key, Instant from) {}

    private Object name(Known<T> known) {
        return new Name(key.apply(known.value()), known.from());
    }

    List<Known<T>> added() {
        return added;
    }

    List<Known<T>> ended() {
        return ended;
    }

    List<Known<T>> removed() {
        return removed;
    }
}
