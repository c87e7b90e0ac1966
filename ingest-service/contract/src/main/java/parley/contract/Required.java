package parley.contract;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a statement cannot do without. Each message is a sentence that a sender can act on.
final class Required {
    private Required() {}

    static <T> T present(@Nullable T value, String field) {
        if (value == null) {
            throw new IllegalArgumentException("`" + field + "` is missing.");
        }
        return value;
    }

    static <T> List<T> atLeastOne(@Nullable List<T> values, String field) {
        if (values == null || values.isEmpty()) {
            throw new IllegalArgumentException("`" + field + "` needs at least one item.");
        }
        return copied(values, field);
    }

    static <T> List<T> orNone(@Nullable List<T> values, String field) {
        return values == null ? List.of() : copied(values, field);
    }

    private static <T> List<T> copied(List<T> values, String field) {
        if (values.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("`" + field + "` holds a null.");
        }
        return List.copyOf(values);
    }
}
