package parley.ledger.dashboard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import parley.ledger.views.Asked;
import parley.ledger.views.Encoding;
import parley.ledger.views.PositionWatch;

/// The page and the cards as they were last rendered at each address in each language: once for
/// each position, however many ask, and as far as memory goes.
@ApplicationScoped
class Rendered {
    private static final long BYTES_MAX = 16 << 20;
    private static final int OVERHEAD_BYTES = 512;

    private final PositionWatch watch;
    private final Cache<Place, Picture> pictures =
            Caffeine.newBuilder()
                    .maximumWeight(BYTES_MAX)
                    .<Place, Picture>weigher(
                            (place, picture) ->
                                    OVERHEAD_BYTES
                                            + 2 * place.address.length()
                                            + 2 * picture.body.length)
                    .executor(Runnable::run)
                    .build();

    Rendered(PositionWatch watch) {
        this.watch = watch;
    }

    private record Place(String address, String language) {}

    /// What was rendered, and the books that it was rendered from, or others that came after them.
    static final class Picture {
        private final byte[] body;
        private final @Nullable Asked from;
        private final Map<Encoding, byte[]> packed = new ConcurrentHashMap<>();

        private Picture(byte[] body, @Nullable Asked from) {
            this.body = body;
            this.from = from;
        }

        byte[] body() {
            return body;
        }

        byte[] body(Encoding encoding) {
            return packed.computeIfAbsent(encoding, it -> it.packed(body));
        }
    }

    /// What stands at that address, rendered where the books have moved since it was last.
    Picture at(String address, Words words, Supplier<byte[]> rendering) {
        var place = new Place(address, words.language());
        Asked now = watch.asked();
        return Objects.requireNonNull(
                pictures.asMap()
                        .compute(
                                place,
                                (_, kept) ->
                                        kept != null && isOf(kept, now)
                                                ? kept
                                                : new Picture(rendering.get(), now)));
    }

    private static boolean isOf(Picture picture, @Nullable Asked now) {
        Asked from = picture.from;
        return from != null && now != null && from.isOfTheSameBooksAs(now);
    }
}
