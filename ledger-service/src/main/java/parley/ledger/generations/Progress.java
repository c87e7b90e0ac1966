package parley.ledger.generations;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import parley.contract.LogPosition;
import parley.ledger.books.Generation;
import parley.ledger.books.Generations;

/// How fast each generation is built: looked at once a second, on whichever replica it is asked.
@ApplicationScoped
class Progress {
    private static final int LOOKS_MAX = 10;
    private static final double SECOND = 1e9;

    private final Generations generations;
    private final Map<Integer, Deque<Look>> looks = new ConcurrentHashMap<>();

    Progress(Generations generations) {
        this.generations = generations;
    }

    private record Look(long nanos, LogPosition position) {}

    /// Looks where each generation stands.
    void look() throws SQLException {
        var all = generations.all().stream().map(Generation::number).toList();
        looks.keySet().retainAll(all);
        for (int generation : all) {
            Deque<Look> seen = looks.computeIfAbsent(generation, _ -> new ArrayDeque<>());
            synchronized (seen) {
                seen.add(new Look(System.nanoTime(), generations.position(generation)));
                if (seen.size() > LOOKS_MAX) {
                    seen.remove();
                }
            }
        }
    }

    /// Records a second, of late; 0 before there were two looks.
    double rate(int generation) {
        Deque<Look> seen = looks.getOrDefault(generation, new ArrayDeque<>());
        synchronized (seen) {
            if (seen.size() < 2) {
                return 0;
            }
            Look first = seen.getFirst();
            Look last = seen.getLast();
            return first.position.recordsBehind(last.position)
                    * SECOND
                    / (last.nanos - first.nanos);
        }
    }
}
