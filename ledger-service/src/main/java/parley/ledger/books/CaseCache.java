package parley.ledger.books;

import java.util.LinkedHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.ledger.fold.CaseFold;

/// The large cases that were written last, as the books hold them: an exchange that everybody
/// speaks of is not read again with every batch. Good for as long as nobody else has the pen.
final class CaseCache {
    /// So many, with what they amount to, take some 80 MB.
    private static final int EVENTS_MAX = 30_000;

    /// Smaller cases are as soon read as remembered.
    private static final int CASE_EVENTS_MIN = 8;

    private final LinkedHashMap<String, Kept> cases = new LinkedHashMap<>(16, 0.75f, true);
    private int events;

    /// A case, which whoever has the pen may take further.
    ///
    /// @param members its subjects
    /// @param events how many it had when it was kept
    record Kept(Set<String> members, CaseFold fold, int events) {
        Kept(Set<String> members, CaseFold fold) {
            this(members, fold, fold.events().size());
        }
    }

    @Nullable Kept get(String caseId) {
        return cases.get(caseId);
    }

    void keep(String caseId, Kept kept) {
        forget(caseId);
        if (kept.events() < CASE_EVENTS_MIN) {
            return;
        }
        cases.put(caseId, kept);
        events += kept.events();
        while (events > EVENTS_MAX && cases.size() > 1) {
            forget(cases.firstEntry().getKey());
        }
    }

    void forget(String caseId) {
        Kept forgotten = cases.remove(caseId);
        if (forgotten != null) {
            events -= forgotten.events();
        }
    }

    void clear() {
        cases.clear();
        events = 0;
    }
}
