package parley.ledger.books;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import parley.ledger.fold.Known;

/// What must be written so that the books hold what cases amount to now rather than before: the
/// lines that stand on one side only. What is entered on both is kept nowhere, so a case that is
/// entered step by step takes no more room than what changes of it.
final class Changes<T> {
    private final Function<T, ?> key;
    private final Map<Name, Known<T>> before = new LinkedHashMap<>();
    private final Map<Name, Known<T>> after = new LinkedHashMap<>();

    /// @param key what names a value; at any moment one value of a name is held
    Changes(Function<T, ?> key) {
        this.key = key;
    }

    private record Name(Object key, Instant from) {}

    /// What stood until now stands no longer, and what is stands instead.
    void enter(List<Known<T>> was, List<Known<T>> is) {
        was.forEach(line -> move(line, after, before));
        is.forEach(line -> move(line, before, after));
    }

    /// The same of what the books hold already.
    void hold(List<Known<T>> was, List<Known<T>> is) {
        was.forEach(line -> move(line, before, after));
        is.forEach(line -> move(line, after, before));
    }

    void enter(Changes<T> other) {
        enter(List.copyOf(other.before.values()), List.copyOf(other.after.values()));
    }

    private void move(Known<T> line, Map<Name, Known<T>> from, Map<Name, Known<T>> to) {
        var name = new Name(key.apply(line.value()), line.from());
        if (!from.remove(name, line)) {
            to.put(name, line);
        }
    }

    /// Lines that are new, or that say something new.
    List<Known<T>> added() {
        return only(after, line -> !saysTheSame(before, line));
    }

    /// Lines that say what they said, but until another moment.
    List<Known<T>> ended() {
        return only(after, line -> saysTheSame(before, line));
    }

    /// Lines, as they were, that are no longer, or that say something new.
    List<Known<T>> removed() {
        return only(before, line -> !saysTheSame(after, line));
    }

    private static <T> List<Known<T>> only(Map<?, Known<T>> side, Predicate<Known<T>> which) {
        return side.values().stream().filter(which).toList();
    }

    private boolean saysTheSame(Map<Name, Known<T>> side, Known<T> line) {
        @Nullable Known<T> other = side.get(new Name(key.apply(line.value()), line.from()));
        return other != null && other.value().equals(line.value());
    }
}
