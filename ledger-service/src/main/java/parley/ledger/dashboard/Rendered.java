package parley.ledger.dashboard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
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

    private final Map<Place, CompletableFuture<Picture>> underWay = new ConcurrentHashMap<>();

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

    /// What stands at that address, rendered where the books have moved since it was last. Of those
    /// who ask for it at once one renders it and the others wait for him: nobody else does.
    Picture at(String address, Words words, Supplier<byte[]> rendering) {
        var place = new Place(address, words.language());
        while (true) {
            Asked now = watch.asked();
            Picture kept = pictures.getIfPresent(place);
            if (kept != null && isOf(kept, now)) {
                return kept;
            }
            var mine = new CompletableFuture<Picture>();
            CompletableFuture<Picture> others = underWay.putIfAbsent(place, mine);
            if (others == null) {
                return render(place, rendering, now, mine);
            }
            Picture theirs = told(others);
            if (theirs != null && isOf(theirs, now)) {
                return theirs;
            }
        }
    }

    private static @Nullable Picture told(CompletableFuture<Picture> others) {
        try {
            return others.join();
        } catch (CancellationException failed) {
            return null; // What became of his question is no answer to another's.
        }
    }

    private Picture render(
            Place place,
            Supplier<byte[]> rendering,
            @Nullable Asked now,
            CompletableFuture<Picture> told) {
        try {
            var picture = new Picture(rendering.get(), now);
            pictures.put(place, picture);
            told.complete(picture);
            return picture;
        } finally {
            underWay.remove(place);
            told.cancel(false); // Unless it is told: he failed, and each tries for himself.
        }
    }

    private static boolean isOf(Picture picture, @Nullable Asked now) {
        Asked from = picture.from;
        return from != null && now != null && from.isOfTheSameBooksAs(now);
    }
}
