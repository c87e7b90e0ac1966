package parley.ledger.reconciliation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parley.ledger.reconciliation.Explainer.Question;

/// Remembers what was found, by the question in full: the claim, where its gap opened, and the
/// state of the ledger around it. What happens later than a closed period leaves its question, and
/// so its answer, as it was. Every replica comes to the same answers by itself.
@ApplicationScoped
class Explained {
    private static final int KEPT_MAX = 4_096;

    private final Map<Asked, List<Explanation>> kept =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Asked, List<Explanation>> eldest) {
                    return size() > KEPT_MAX;
                }
            };

    private record Asked(String conflict, Question question) {}

    List<Explanation> get(
            String conflict, Question question, Function<Question, List<Explanation>> search) {
        var asked = new Asked(conflict, question);
        List<Explanation> known = lookUp(asked);
        if (known != null) {
            return known;
        }
        List<Explanation> found = search.apply(question);
        synchronized (kept) {
            kept.put(asked, found);
        }
        return found;
    }

    private @Nullable List<Explanation> lookUp(Asked asked) {
        synchronized (kept) {
            return kept.get(asked);
        }
    }
}
