package parley.ledger.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;
import parley.contract.LogPosition.Partition;

/// Tells whether whoever has read so far has read all that the log will ever hold of a moment.
///
/// The broker is asked only where no earlier look can tell, and hardly ever twice within a second.
@ApplicationScoped
public class ReadPast {
    private static final Logger LOG = Logger.getLogger(ReadPast.class);
    private static final Duration REST = Duration.ofSeconds(1);

    private final LogHead head;
    private final Duration clockSkewMax;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile @Nullable Look last;
    private volatile @Nullable Long triedAtNanos;

    ReadPast(LogHead head, LogSettings settings) {
        this.head = head;
        this.clockSkewMax = settings.clockSkewMax();
    }

    /// A look at where the log ends.
    ///
    /// @param begun when, by our clock
    record Look(Instant begun, LogPosition end) {}

    /// How far a partition has been read.
    ///
    /// @param recordedAt of the newest record read: none that follows it is earlier
    public record Read(long nextOffset, Instant recordedAt) {}

    /// Whether every partition that exists has been read past the moment. Where the broker does not
    /// say, it is not known to be.
    public boolean isPast(Instant moment, Map<Partition, Read> read) {
        Instant begunAfter = moment.plus(clockSkewMax);
        Look look = last;
        if (look == null || !look.begun().isAfter(begunAfter)) {
            look = Instant.now().isAfter(begunAfter) ? lookAgain() : null;
        }
        return look != null && look.begun().isAfter(begunAfter) && covers(read, look, moment);
    }

    /// What was appended after a look began bears a later time, and stands behind its end. So it is
    /// for each partition, if it is for the end or for the newest record; and a partition that the
    /// look did not find holds nothing earlier.
    static boolean covers(Map<Partition, Read> read, Look look, Instant moment) {
        return look.end().partitions().stream()
                .allMatch(
                        it -> {
                            Read of = read.get(it);
                            long end = look.end().nextOffset(it.topic(), it.partition());
                            return of != null
                                    && (of.nextOffset() >= end || of.recordedAt().isAfter(moment));
                        });
    }

    /// Whoever finds somebody else looking does not wait for what comes of it.
    private @Nullable Look lookAgain() {
        if (!looking.tryLock()) {
            return last;
        }
        try {
            Long tried = triedAtNanos;
            if (tried == null || System.nanoTime() - tried >= REST.toNanos()) {
                Instant begun = Instant.now();
                last = new Look(begun, head.position());
                triedAtNanos = System.nanoTime();
            }
        } catch (LogAwayException away) {
            triedAtNanos = System.nanoTime();
            LOG.debug("Kafka does not say where the log ends", away);
        } finally {
            looking.unlock();
        }
        return last;
    }
}
