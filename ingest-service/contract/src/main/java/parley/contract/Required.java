package parley.contract;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a statement cannot do without. Each message is a sentence that a sender can act on.
final class Required {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~-]{1,128}");
    private static final Pattern CODE = Pattern.compile("[A-Z0-9-]{1,16}");

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

    /// An id of an exchange, agreement, claim or conflict.
    static String id(@Nullable String value, String field) {
        String id = present(value, field);
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "`" + field + "` is not an id: 1 to 128 of A–Z a–z 0–9 . _ ~ -");
        }
        return id;
    }

    /// An id that may be left out.
    static void idOrNone(@Nullable String value, String field) {
        if (value != null) {
            id(value, field);
        }
    }

    /// The short code of a party.
    static String code(@Nullable String value, String field) {
        String code = present(value, field);
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException(
                    "`" + field + "` is not a party's code: 1 to 16 of A–Z 0–9 -");
        }
        return code;
    }
}
