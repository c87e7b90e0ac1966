package parley.ledger.fold;

import java.util.Arrays;

/// What a statement is about.
public enum Kind {
    CONFLICT,
    EXCHANGE,
    AGREEMENT,
    CLAIM;

    /// The word for it in a sentence.
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /// What an event of that type is about.
    public static Kind ofType(String type) {
        return Arrays.stream(values())
                .filter(kind -> type.startsWith(kind.word() + "."))
                .findFirst()
                .orElseThrow();
    }
}
