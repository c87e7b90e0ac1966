package parley.ingest.statement;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// What a sender probably meant.
public final class Nearest {
    private static final int LENGTH_MAX = 64;

    private Nearest() {}

    /// The word most like the one that was found, if any is like it at all.
    public static Optional<String> to(String found, Collection<String> words) {
        if (found.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        int far = Math.max(1, (found.length() + 1) / 3);
        return words.stream()
                .filter(word -> distance(found, word) <= far)
                .min(
                        Comparator.<String>comparingInt(word -> distance(found, word))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /// A sentence that asks, or nothing where no word is near.
    public static String didYouMean(String found, Collection<String> words) {
        return to(found, words).map(word -> " Did you mean " + word + "?").orElse("");
    }

    /// The number of characters to add, drop or change (Levenshtein), case aside.
    private static int distance(String one, String other) {
        String from = one.toLowerCase(Locale.ROOT);
        String to = other.toLowerCase(Locale.ROOT);
        int[] above = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] here = new int[to.length() + 1];
            here[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int change = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
                here[column] =
                        Math.min(
                                above[column - 1] + change,
                                1 + Math.min(above[column], here[column - 1]));
            }
            above = here;
        }
        return above[to.length()];
    }
}
