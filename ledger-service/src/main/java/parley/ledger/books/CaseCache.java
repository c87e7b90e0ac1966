package parley.ledger.books;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.ledger.fold.CaseFold;

/// The large cases that are written most often, as the books hold them: an exchange that everybody
/// speaks of is not read again with every batch. Good for as long as nobody else has the pen.
final class CaseCache {
    private static final int SHARE_OF_HEAP = 3;

    /// Measured: of an event that only changes something, next to nothing is kept; of a claim, 900
    // B.
    private static final int EVENT_BYTES = 500;
    private static final int CASE_BYTES = 4_600;

    /// Smaller cases are as soon read as remembered.
    private static final int CASE_EVENTS_MIN = 3;

    private final Cache<String, Kept> cases =
            Caffeine.newBuilder()
                    .maximumWeight(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP)
                    .weigher((String _, Kept kept) -> Math.clamp(bytes(kept), 0, Integer.MAX_VALUE))
                    .executor(Runnable::run)
                    .build();

    /// A case, which whoever has the pen may take further.
    ///
    /// @param members its subjects
    /// @param events how many it had when it was kept
    record Kept(Set<String> members, CaseFold fold, int events) {
        Kept(Set<String> members, CaseFold fold) {
            this(members, fold, fold.size());
            fold.forgetNames();
        }
    }

    private static long bytes(Kept kept) {
        return CASE_BYTES + (long) EVENT_BYTES * kept.events();
    }

    @Nullable Kept get(String caseId) {
        return cases.getIfPresent(caseId);
    }

    /// Whether it pays to remember it.
    static boolean isLarge(CaseFold fold) {
        return fold.size() >= CASE_EVENTS_MIN;
    }

    void keep(String caseId, Kept kept) {
        cases.put(caseId, kept);
    }

    void clear() {
        cases.invalidateAll();
    }
}
