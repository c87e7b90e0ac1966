package parley.ledger.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import parley.ledger.audit.Audit.Balance;
import parley.ledger.books.CaseAudit;
import parley.ledger.books.ReadGeneration;
import parley.ledger.views.FirstCatchUp;
import parley.ledger.views.Reader;

/// Audits the books again and again for as long as the service runs, with less than a hundredth of
/// a core.
@ApplicationScoped
public class AuditRounds {
    private static final Logger LOG = Logger.getLogger(AuditRounds.class);
    private static final String NOW =
            """
            select now() as now
            """;
    private static final int CASES_MAX = 500;
    private static final int TRANSACTION_SECONDS_MAX = 600;
    private static final int RESTS_PER_WORK = 100;
    private static final Duration STOPPING_MAX = Duration.ofSeconds(5);
    private static final Duration REST_MIN = Duration.ofSeconds(1);
    private static final Duration FIRST_ROUND_MAX = Duration.ofMinutes(30);

    private final Audit audit;
    private final CaseAudit cases;
    private final Reader reader;
    private final ReadGeneration read;
    private final FirstCatchUp catchUp;
    private final Counter casesChecked;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "audit");
    private String next = "";
    private volatile @Nullable Round last;
    private volatile long ended = System.nanoTime();

    AuditRounds(
            Audit audit,
            CaseAudit cases,
            Reader reader,
            ReadGeneration read,
            FirstCatchUp catchUp,
            MeterRegistry registry) {
        this.audit = audit;
        this.cases = cases;
        this.reader = reader;
        this.read = read;
        this.catchUp = catchUp;
        casesChecked =
                Counter.builder("parley.ledger.audit.cases")
                        .description("Cases whose events were folded again")
                        .register(registry);
        Gauge.builder("parley.ledger.audit.holds", this, it -> it.differences() == 0 ? 1 : 0)
                .description("Whether the books held in the last round: 1 or 0")
                .register(registry);
        Gauge.builder("parley.ledger.audit.differences", this, AuditRounds::differences)
                .description("What did not hold in the last round")
                .register(registry);
        Gauge.builder("parley.ledger.audit.age", this, AuditRounds::ageSeconds)
                .description("The time since the last round ended")
                .baseUnit("seconds")
                .register(registry);
    }

    /// What one round found.
    ///
    /// @param at when, by the clock of the database
    /// @param cases those that were folded again in this round
    /// @param casesChecked all that were since the service started
    /// @param differences a sentence for each thing that does not hold
    public record Round(
            String position,
            String digest,
            Instant at,
            CaseAudit.Found cases,
            long casesChecked,
            List<String> differences) {
        /// Whether all of it holds.
        public boolean holds() {
            return differences.isEmpty();
        }
    }

    void start(@Observes StartupEvent started) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping.countDown();
        thread.join(STOPPING_MAX);
    }

    /// What the last round found; null before the first has ended.
    public @Nullable Round last() {
        return last;
    }

    private int differences() {
        Round round = last;
        return round == null ? 0 : round.differences().size();
    }

    private double ageSeconds() {
        return (System.nanoTime() - ended) / 1e9;
    }

    private void run() {
        // Books that grow fast take longer to audit each time: rests by the round before would be
        // too short.
        rest(FIRST_ROUND_MAX, () -> !catchUp.isOver());
        while (stopping.getCount() > 0) {
            long started = System.nanoTime();
            try {
                round();
            } catch (RuntimeException failure) {
                LOG.warn("The books cannot be audited now; trying again", failure);
            }
            rest(Duration.ofNanos(System.nanoTime() - started).multipliedBy(RESTS_PER_WORK));
        }
    }

    private void rest(Duration wanted) {
        int audited = read.serving();
        // Books that are read from now on are audited at once.
        rest(wanted, () -> read.serving() == audited);
    }

    private void rest(Duration wanted, BooleanSupplier condition) {
        long until = System.nanoTime() + wanted.toNanos();
        try {
            while (!stopping.await(REST_MIN.toMillis(), TimeUnit.MILLISECONDS)
                    && System.nanoTime() < until
                    && condition.getAsBoolean()) {
                // It rests on.
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }

    /// One round, at one position of the books. Cases that do not hold are looked at again in the
    /// next, until they do.
    public synchronized Round round() {
        Round round =
                QuarkusTransaction.requiringNew()
                        .timeout(TRANSACTION_SECONDS_MAX)
                        .call(() -> round(audit.find(), cases.next(next, CASES_MAX)));
        casesChecked.increment(round.cases().cases());
        if (round.cases().differences().isEmpty()) {
            next = round.cases().last();
        }
        last = round;
        ended = System.nanoTime();
        return round;
    }

    private Round round(Audit.Found found, CaseAudit.Found folded) {
        Stream<String> unbalanced =
                found.balances().stream().filter(it -> !it.holds()).map(AuditRounds::sentence);
        Stream<String> unequal =
                found.differences().stream()
                        .map(
                                it ->
                                        "%s is kept as %d, but its entries sum up to %d."
                                                .formatted(it.account(), it.kept(), it.summed()));
        Instant at =
                reader.list(NOW, row -> row.getObject("now", OffsetDateTime.class).toInstant())
                        .getFirst();
        return new Round(
                found.position().toString(),
                found.digests().digest(),
                at,
                folded,
                (long) casesChecked.count() + folded.cases(),
                Stream.of(unbalanced, unequal, folded.differences().stream())
                        .flatMap(it -> it)
                        .toList());
    }

    private static String sentence(Balance balance) {
        return "In %s, %d of %s were handed over by one and %d received by another."
                .formatted(
                        balance.conflict(),
                        balance.handedOver().best(),
                        balance.category().wire(),
                        balance.received().best());
    }
}
