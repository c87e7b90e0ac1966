package parley.ledger.books;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.ledger.fold.Folded;
import parley.ledger.fold.LoggedEvent;

/// The large cases that were written last, as the books hold them: an exchange that everybody
/// speaks of is not read again with every batch. Good for as long as nobody else has the pen.
final class CaseCache {
    /// Some 50 MB, as parsed.
    private static final int EVENTS_MAX = 30_000;

    /// Smaller cases are as soon read as remembered.
    private static final int CASE_EVENTS_MIN = 8;

    private final LinkedHashMap<String, Kept> cases = new LinkedHashMap<>(16, 0.75f, true);
    private int events;

    /// A case.
    ///
    /// @param members its subjects
    /// @param folded what its events amount to
    record Kept(Set<String> members, List<LoggedEvent> events, Folded folded) {}

    @Nullable Kept get(String caseId) {
        return cases.get(caseId);
    }

    void keep(String caseId, Kept kept) {
        forget(caseId);
        if (kept.events().size() < CASE_EVENTS_MIN) {
            return;
        }
        cases.put(caseId, kept);
        events += kept.events().size();
        while (events > EVENTS_MAX && cases.size() > 1) {
            forget(cases.firstEntry().getKey());
        }
    }

    void forget(String caseId) {
        Kept forgotten = cases.remove(caseId);
        if (forgotten != null) {
            events -= forgotten.events().size();
        }
    }

    void clear() {
        cases.clear();
        events = 0;
    }
}
