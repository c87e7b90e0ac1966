package parley.ingest.statement;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.commons.text.similarity.LevenshteinDistance;

/// What a sender probably meant.
public final class Nearest {
    private static final int LENGTH_MAX = 64;
    private static final Pattern SEPARATORS = Pattern.compile("[ ._~-]+");

    private Nearest() {}

    /// The word most like the one that was found, if any is like it at all: one of a few letters
    /// more, fewer or other; or one of which it is the beginning, an extension or the initials.
    public static Optional<String> to(String found, Collection<String> words) {
        if (found.isBlank() || found.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        String plain = plain(found);
        int far = Math.max(1, (plain.length() + 1) / 3);
        var distances = new LevenshteinDistance(far); // -1 beyond it.
        return words.stream()
                .filter(word -> distances.apply(plain, plain(word)) >= 0)
                .min(
                        Comparator.<String>comparingInt(word -> distances.apply(plain, plain(word)))
                                .thenComparing(Comparator.naturalOrder()))
                .or(() -> shortest(words, word -> isOtherForm(plain, plain(word))))
                .or(() -> shortest(words, word -> plain.equals(initials(word))));
    }

    /// A sentence that asks, or nothing where no word is near.
    public static String didYouMean(String found, Collection<String> words) {
        return to(found, words).map(word -> " Did you mean " + word + "?").orElse("");
    }

    private static Optional<String> shortest(
            Collection<String> words, Predicate<String> condition) {
        return words.stream()
                .filter(condition)
                .min(
                        Comparator.comparingInt(String::length)
                                .thenComparing(Comparator.naturalOrder()));
    }

    private static boolean isOtherForm(String found, String word) {
        return (found.length() > 2 && word.startsWith(found))
                || (word.length() > 1 && found.startsWith(word));
    }

    private static String initials(String word) {
        var initials = new StringBuilder();
        SEPARATORS
                .splitAsStream(word.toLowerCase(Locale.ROOT))
                .filter(part -> !part.isEmpty())
                .forEach(part -> initials.append(part.charAt(0)));
        return initials.toString();
    }

    /// Without what people write now in one way, now in another.
    private static String plain(String word) {
        return SEPARATORS.matcher(word.toLowerCase(Locale.ROOT)).replaceAll("");
    }
}
