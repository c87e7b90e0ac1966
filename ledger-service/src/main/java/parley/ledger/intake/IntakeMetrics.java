package parley.ledger.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import parley.ledger.books.Taken;

/// What the intake has done, for whoever watches it.
@ApplicationScoped
class IntakeMetrics {
    private final Counter applied;
    private final Counter duplicates;
    private final Counter rejected;
    private final Timer batches;

    IntakeMetrics(MeterRegistry registry) {
        applied = records(registry, "applied");
        duplicates = records(registry, "duplicate");
        rejected = records(registry, "rejected");
        batches =
                Timer.builder("parley.ledger.batch")
                        .description("One transaction that takes a batch into the books")
                        .register(registry);
    }

    private static Counter records(MeterRegistry registry, String outcome) {
        return Counter.builder("parley.ledger.records")
                .description("Records read off the log, by what became of them")
                .tag("outcome", outcome)
                .register(registry);
    }

    void taken(Taking taking) throws SQLException {
        long started = System.nanoTime();
        Taken taken = taking.take();
        batches.record(System.nanoTime() - started, java.util.concurrent.TimeUnit.NANOSECONDS);
        applied.increment(taken.applied());
        duplicates.increment(taken.duplicates());
        rejected.increment(taken.rejected());
    }

    interface Taking {
        Taken take() throws SQLException;
    }
}
