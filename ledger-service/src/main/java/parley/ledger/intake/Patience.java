package parley.ledger.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/// For which partitions to wait: those that may have something to say that is earlier than what
/// others have said.
///
/// While some give, another may only be waiting for its turn: time counts in which none gives.
final class Patience {
    /// One partition whose leader is away holds up none of the others for longer.
    private static final long SILENCE_NANOS_MAX = Duration.ofSeconds(2).toNanos();

    /// Longer than a request that finds nothing waits.
    private static final long SURE_NANOS = Duration.ofMillis(150).toNanos();

    private final Map<TopicPartition, Long> silent = new HashMap<>();

    /// Those whose end may have moved since it was told, and for how long they have been silent.
    private final Map<TopicPartition, Long> outdated = new HashMap<>();

    /// Notes a poll.
    ///
    /// @param gave the partitions that gave something
    /// @param asked those that could have
    /// @param within how long they were given
    void polled(Set<TopicPartition> gave, Collection<TopicPartition> asked, Duration within) {
        silent.keySet().removeAll(gave);
        outdated.keySet().removeAll(gave);
        if (gave.isEmpty()) {
            for (TopicPartition partition : asked) {
                silent.merge(partition, within.toNanos(), Long::sum);
                outdated.computeIfPresent(partition, (_, nanos) -> nanos + within.toNanos());
            }
            outdated.values().removeIf(nanos -> nanos >= SURE_NANOS);
        }
    }

    /// Notes that so much time has gone by without a poll that none of those ends is known.
    void outdate(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> outdated.put(partition, 0L));
    }

    /// Forgets all of partitions that are read anew, or by another.
    void forget(Collection<TopicPartition> partitions) {
        var forgotten = new HashSet<>(partitions);
        silent.keySet().removeAll(forgotten);
        outdated.keySet().removeAll(forgotten);
    }

    /// Whether to wait for a partition.
    ///
    /// @param isAtEnd whether it is read to its end, as that was last told
    boolean isFor(TopicPartition partition, boolean isAtEnd) {
        return (!isAtEnd || outdated.containsKey(partition))
                && silent.getOrDefault(partition, 0L) < SILENCE_NANOS_MAX;
    }
}
