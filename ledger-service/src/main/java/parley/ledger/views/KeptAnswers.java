package parley.ledger.views;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.util.Optional;

/// The last answer given at each address, as far as memory goes: those asked for least go first.
@Singleton // Without a proxy: it is asked with each request.
class KeptAnswers {
    /// What an answer takes beside its bytes and its address.
    private static final int OVERHEAD_BYTES = 512;

    private final Cache<Question, KeptAnswer> answers;

    /// What is asked for, and in what form.
    record Question(String address, Format format) {
        static Question of(String address, Format format) {
            return new Question(LongPoll.without(address), format);
        }
    }

    KeptAnswers(KeptSettings settings) {
        this.answers =
                Caffeine.newBuilder()
                        .maximumWeight(settings.bytesMax())
                        .weigher(KeptAnswers::bytes)
                        .executor(Runnable::run)
                        .build();
    }

    void keep(Question question, KeptAnswer answer) {
        answers.asMap()
                .merge(question, answer, (one, other) -> one.isFurtherThan(other) ? one : other);
    }

    Optional<KeptAnswer> to(Question question) {
        return Optional.ofNullable(answers.getIfPresent(question));
    }

    private static int bytes(Question question, KeptAnswer answer) {
        return OVERHEAD_BYTES + 2 * question.address().length() + 2 * answer.body().length;
    }
}
