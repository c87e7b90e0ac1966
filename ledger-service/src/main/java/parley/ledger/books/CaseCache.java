package parley.ledger.books;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import parley.ledger.fold.CaseFold;
import parley.ledger.fold.Definitions;

/// What the books hold and is not read again with every batch: the definitions, and the large cases
/// that are written most often, such as an exchange that everybody speaks of. Good until somebody
/// else writes it, or a conflict is defined.
final class CaseCache {
    private static final int SHARE_OF_HEAP = 3;

    private final int eventsMin;
    private final Cache<String, CaseFold> cases =
            Caffeine.newBuilder()
                    .maximumWeight(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP)
                    .weigher(
                            (String _, CaseFold fold) ->
                                    (int) Math.min(fold.bytes(), Integer.MAX_VALUE))
                    .executor(Runnable::run)
                    .build();

    private @Nullable Definitions definitions;

    /// @param eventsMin of how many events a case is remembered: smaller ones are soon read
    CaseCache(int eventsMin) {
        this.eventsMin = eventsMin;
    }

    @Nullable CaseFold get(String caseId) {
        return cases.getIfPresent(caseId);
    }

    /// Whether it pays to remember it.
    boolean isLarge(CaseFold fold) {
        return fold.size() >= eventsMin;
    }

    /// Remembers a case, which whoever has the pen may take further.
    void keep(String caseId, CaseFold fold) {
        cases.put(caseId, fold);
    }

    /// Null where they are not remembered.
    @Nullable Definitions definitions() {
        return definitions;
    }

    void keep(Definitions current) {
        definitions = current;
    }

    void forget(Collection<String> caseIds) {
        cases.invalidateAll(caseIds);
    }

    void clear() {
        cases.invalidateAll();
        definitions = null;
    }
}
