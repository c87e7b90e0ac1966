package parley.ingest.statement;

import java.util.Optional;
import java.util.regex.Pattern;

/// The names by which things and events are told apart.
public final class Names {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~-]{1,128}");
    private static final Pattern EVENT_ID = Pattern.compile("[\\x20-\\x7e]{1,256}");

    private Names() {}

    /// Whether it may name an exchange, an agreement, a claim, a conflict or a publisher.
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /// What is wrong with the id of an exchange, an agreement, a claim or a conflict.
    public static Optional<String> faultOfId(String text) {
        return isId(text)
                ? Optional.empty()
                : Optional.of(
                        Found.in(text)
                                + " is not an id: it has 1 to 128 characters, each one of A–Z a–z"
                                + " 0–9 . _ ~ -");
    }

    /// What is wrong with the id of an event, which is also its idempotency key.
    public static Optional<String> faultOfEventId(String text) {
        return EVENT_ID.matcher(text).matches()
                ? Optional.empty()
                : Optional.of(
                        Found.in(text)
                                + " cannot name an event: it has 1 to 256 characters, each a"
                                + " printable one of ASCII.");
    }
}
