package parley.ledger.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import parley.ledger.books.Taken;

/// What the intake has done, for whoever watches it.
@ApplicationScoped
class IntakeMetrics {
    private final Counter applied;
    private final Counter duplicates;
    private final Counter rejected;
    private final Counter fenced;
    private final Timer batches;
    private final DistributionSummary batchRecords;

    IntakeMetrics(MeterRegistry registry) {
        applied = records(registry, "applied");
        duplicates = records(registry, "duplicate");
        rejected = records(registry, "rejected");
        fenced =
                Counter.builder("parley.ledger.fenced")
                        .description("Batches that another replica had taken into the books before")
                        .register(registry);
        batches =
                Timer.builder("parley.ledger.batch")
                        .description("One transaction that takes a batch into the books")
                        .publishPercentileHistogram()
                        .register(registry);
        batchRecords =
                DistributionSummary.builder("parley.ledger.batch.records")
                        .description("Records that one transaction took into the books")
                        .register(registry);
    }

    private static Counter records(MeterRegistry registry, String outcome) {
        return Counter.builder("parley.ledger.records")
                .description("Records read off the log, by what became of them")
                .tag("outcome", outcome)
                .register(registry);
    }

    void count(Taken taken) {
        applied.increment(taken.applied());
        duplicates.increment(taken.duplicates());
        rejected.increment(taken.rejected());
        batchRecords.record(taken.applied() + taken.duplicates() + taken.rejected());
    }

    void countFenced() {
        fenced.increment();
    }

    void time(Taking taking) throws SQLException {
        long started = System.nanoTime();
        taking.take();
        batches.record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
    }

    interface Taking {
        void take() throws SQLException;
    }
}
