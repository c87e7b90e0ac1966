package parley.ledger.views;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/// The last answer given at each address, as far as memory goes: those asked for least go first.
@ApplicationScoped
class KeptAnswers {
    /// What an answer takes beside its bytes and its address.
    private static final int OVERHEAD_BYTES = 512;

    private final Cache<String, KeptAnswer> answers;

    KeptAnswers(KeptSettings settings) {
        this.answers =
                Caffeine.newBuilder()
                        .maximumWeight(settings.bytesMax())
                        .weigher(KeptAnswers::bytes)
                        .executor(Runnable::run)
                        .build();
    }

    void keep(String address, KeptAnswer answer) {
        answers.put(address, answer);
    }

    Optional<KeptAnswer> at(String address) {
        return Optional.ofNullable(answers.getIfPresent(address));
    }

    private static int bytes(String address, KeptAnswer answer) {
        return OVERHEAD_BYTES + 2 * address.length() + answer.body().length;
    }
}
