package parley.ledger.generations;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import parley.ledger.books.Generation;
import parley.ledger.books.Generations;

/// How fast each generation is built: looked at once a second, on whichever replica it is asked.
@ApplicationScoped
class Progress {
    private final Generations generations;
    private final MultiGauge records;
    private final Map<Integer, Pace> paces = new ConcurrentHashMap<>();

    Progress(Generations generations, MeterRegistry registry) {
        this.generations = generations;
        records =
                MultiGauge.builder("parley.ledger.generation.records")
                        .description("Records of the log that a generation has read")
                        .register(registry);
    }

    /// Looks where each generation stands.
    void look() throws SQLException {
        var all = generations.all().stream().map(Generation::number).toList();
        paces.keySet().retainAll(all);
        var rows = new ArrayList<Row<?>>();
        for (int generation : all) {
            Pace pace = paces.computeIfAbsent(generation, _ -> new Pace());
            pace.seen(System.nanoTime(), generations.position(generation));
            rows.add(
                    Row.of(
                            Tags.of("generation", Integer.toString(generation)),
                            pace,
                            Pace::records));
        }
        // Makes those that are new, and takes away those of what is dropped.
        records.register(rows);
    }

    /// Records a second, of late; 0 where that is not known yet.
    double rate(int generation) {
        Pace pace = paces.get(generation);
        return pace == null ? 0 : pace.rate();
    }
}
