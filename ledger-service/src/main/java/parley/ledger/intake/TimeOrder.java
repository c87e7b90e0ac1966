package parley.ledger.intake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/// Gives what was polled in the order of the log's time, across partitions: nothing that is later
/// than what another partition may still have to say.
///
/// The result does not depend on it, but the work does: what comes in order is folded on from where
/// its case stands, what does not makes the whole case be folded again.
final class TimeOrder {
    private final Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> waiting =
            new HashMap<>();

    /// Takes what was polled.
    void add(ConsumerRecords<byte[], byte[]> polled) {
        for (TopicPartition partition : polled.partitions()) {
            waiting.computeIfAbsent(partition, _ -> new ArrayDeque<>())
                    .addAll(polled.records(partition));
        }
    }

    /// The partitions that wait for others: there is no need to read on in them.
    Set<TopicPartition> waiting() {
        return waiting.keySet();
    }

    /// Forgets what was polled of partitions that are read anew, or by another.
    void forget(Collection<TopicPartition> partitions) {
        waiting.keySet().removeAll(partitions);
    }

    /// What is next, of each partition in the order of its offsets.
    ///
    /// @param awaited the partitions that may still have to say something earlier
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> next(
            Collection<TopicPartition> awaited) {
        long horizon = awaited.stream().mapToLong(this::newest).min().orElse(Long.MAX_VALUE);
        var next = new HashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
        waiting.forEach(
                (partition, records) -> {
                    var taken = new ArrayList<ConsumerRecord<byte[], byte[]>>();
                    while (!records.isEmpty() && records.peek().timestamp() <= horizon) {
                        taken.add(records.remove());
                    }
                    next.put(partition, taken);
                });
        waiting.values().removeIf(Deque::isEmpty);
        return next;
    }

    /// The offset from which a partition waits, if it does.
    OptionalLong from(TopicPartition partition) {
        Deque<ConsumerRecord<byte[], byte[]>> records = waiting.get(partition);
        return records == null ? OptionalLong.empty() : OptionalLong.of(records.element().offset());
    }

    /// A broker's clock may go back.
    private long newest(TopicPartition partition) {
        return waiting.getOrDefault(partition, new ArrayDeque<>()).stream()
                .mapToLong(ConsumerRecord::timestamp)
                .max()
                .orElse(Long.MIN_VALUE);
    }
}
