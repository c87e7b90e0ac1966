package parley.ledger.books;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import parley.ledger.fold.CaseFold;

/// The large cases that are written most often, as the books hold them: an exchange that everybody
/// speaks of is not read again with every batch. Good until somebody else writes it.
final class CaseCache {
    private static final int SHARE_OF_HEAP = 3;

    /// Measured: what a case takes, and each that [CaseFold#statements] counts. An event that only
    /// changes one takes nothing.
    private static final int CASE_BYTES = 4_600;
    private static final int STATEMENT_BYTES = 120;

    private final int eventsMin;
    private final Cache<String, Kept> cases =
            Caffeine.newBuilder()
                    .maximumWeight(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP)
                    .weigher((String _, Kept kept) -> kept.bytes)
                    .executor(Runnable::run)
                    .build();

    /// @param bytes what it took when it was kept
    private record Kept(CaseFold fold, int bytes) {
        static Kept of(CaseFold fold) {
            long bytes = CASE_BYTES + (long) STATEMENT_BYTES * fold.statements();
            return new Kept(fold, Math.clamp(bytes, 0, Integer.MAX_VALUE));
        }
    }

    /// @param eventsMin of how many events a case is remembered: smaller ones are soon read
    CaseCache(int eventsMin) {
        this.eventsMin = eventsMin;
    }

    @Nullable CaseFold get(String caseId) {
        Kept kept = cases.getIfPresent(caseId);
        return kept == null ? null : kept.fold;
    }

    /// Whether it pays to remember it.
    boolean isLarge(CaseFold fold) {
        return fold.size() >= eventsMin;
    }

    /// Remembers a case, which whoever has the pen may take further.
    void keep(String caseId, CaseFold fold) {
        cases.put(caseId, Kept.of(fold));
    }

    void forget(Collection<String> caseIds) {
        cases.invalidateAll(caseIds);
    }

    void clear() {
        cases.invalidateAll();
    }
}
