package parley.ledger.generations;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import parley.contract.LogPosition;
import parley.ledger.books.Generation;
import parley.ledger.books.Generations;

/// How fast each generation is built: looked at once a second, on whichever replica it is asked.
@ApplicationScoped
class Progress {
    private final Generations generations;
    private final Map<Integer, Pace> paces = new ConcurrentHashMap<>();

    Progress(Generations generations) {
        this.generations = generations;
    }

    /// Looks where each generation stands.
    void look() throws SQLException {
        var all = generations.all().stream().map(Generation::number).toList();
        paces.keySet().retainAll(all);
        for (int generation : all) {
            LogPosition position = generations.position(generation);
            paces.computeIfAbsent(generation, _ -> new Pace()).seen(System.nanoTime(), position);
        }
    }

    /// Records a second, of late; 0 where that is not known yet.
    double rate(int generation) {
        Pace pace = paces.get(generation);
        return pace == null ? 0 : pace.rate();
    }
}
