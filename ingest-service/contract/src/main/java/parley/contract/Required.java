package parley.contract;

import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// What a statement cannot do without. Each message is a sentence that a sender can act on.
final class Required {
    private static final int ID_LENGTH_MAX = 128;
    private static final int CODE_LENGTH_MAX = 16;

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
        for (T value : values) {
            if (value == null) {
                throw new IllegalArgumentException("`" + field + "` holds a null.");
            }
        }
        return List.copyOf(values);
    }

    /// An id of an exchange, agreement, claim or conflict.
    static String id(@Nullable String value, String field) {
        String id = present(value, field);
        if (!consistsOf(id, ID_LENGTH_MAX, Required::belongsInId)) {
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
        if (!consistsOf(code, CODE_LENGTH_MAX, Required::belongsInCode)) {
            throw new IllegalArgumentException(
                    "`" + field + "` is not a party's code: 1 to 16 of A–Z 0–9 -");
        }
        return code;
    }

    // Not regular expressions: these are asked for every party and id of a log of millions.
    private static boolean consistsOf(String text, int lengthMax, IntPredicate belongs) {
        int length = text.length();
        if (length == 0 || length > lengthMax) {
            return false;
        }
        for (int index = 0; index < length; index++) {
            if (!belongs.test(text.charAt(index))) {
                return false;
            }
        }
        return true;
    }

    private static boolean belongsInId(int character) {
        return belongsInCode(character)
                || (character >= 'a' && character <= 'z')
                || character == '.'
                || character == '_'
                || character == '~';
    }

    private static boolean belongsInCode(int character) {
        return (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '-';
    }
}
