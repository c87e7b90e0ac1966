package parley.ledger.fold;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What stands for words that there is no memory for: the first half of their SHA-256. It takes
/// some 2^64 words, none of them made for it, until two have the same.
public record Fingerprint(long high, long low) {

    /// That of all the parts, one after the other.
    public static Fingerprint of(byte[]... parts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                sha.update(part);
            }
            ByteBuffer digest = ByteBuffer.wrap(sha.digest());
            return new Fingerprint(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
