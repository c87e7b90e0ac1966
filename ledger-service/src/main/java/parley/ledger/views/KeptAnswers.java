package parley.ledger.views;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;

/// The last answer given at each address, as far as memory goes: those asked for least go first.
@ApplicationScoped
class KeptAnswers {
    /// What an answer takes beside its bytes and its address.
    private static final int OVERHEAD_BYTES = 512;

    private final Cache<URI, KeptAnswer> answers;

    KeptAnswers(KeptSettings settings) {
        this.answers =
                Caffeine.newBuilder()
                        .maximumWeight(settings.bytesMax())
                        .weigher(KeptAnswers::bytes)
                        .executor(Runnable::run)
                        .build();
    }

    void keep(URI address, KeptAnswer answer) {
        answers.put(address, answer);
    }

    Optional<KeptAnswer> at(URI address) {
        return Optional.ofNullable(answers.getIfPresent(address));
    }

    private static int bytes(URI address, KeptAnswer answer) {
        return OVERHEAD_BYTES + 2 * address.toString().length() + answer.body().length;
    }
}
