package parley.ingest.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Makes the ids that a caller leaves out (RFC 9562).
@Singleton
final class EventIds {
    private static final long VERSION_BITS = 0xF000L;
    private static final long VARIANT_BITS = 0xC000_0000_0000_0000L;

    private final InstantSource clock;
    private final RandomGenerator random;

    EventIds(InstantSource clock) {
        this.clock = clock;
        this.random = new SecureRandom();
    }

    /// An id that nobody has had before (UUIDv7): later ones sort behind earlier ones.
    String fresh() {
        long high = (clock.millis() << 16) | (random.nextLong() & 0xFFFF);
        return uuid(high, random.nextLong(), 7);
    }

    /// The id of what a publisher states under an idempotency key; without a key a fresh one.
    ///
    /// The same publisher, kind and key give the same id on every replica and for ever, so that
    /// sending again says the same of the same thing.
    String derived(String publisher, String kind, @Nullable String key) {
        if (key == null) {
            return fresh();
        }
        var digest = ByteBuffer.wrap(sha256(publisher + '\n' + kind + '\n' + key));
        return uuid(digest.getLong(), digest.getLong(), 8);
    }

    private static String uuid(long high, long low, int version) {
        return new UUID(
                        (high & ~VERSION_BITS) | ((long) version << 12),
                        (low & ~VARIANT_BITS) | 0x8000_0000_0000_0000L)
                .toString();
    }

    private static byte[] sha256(String name) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
