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
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/// Gives what was polled in the order of the log's time, across partitions: nothing that is later
/// than what another partition may still have to say.
///
/// The result does not depend on it, but the work does: what comes in order is folded on from where
/// its case stands, what does not makes the whole case be folded again.
final class TimeOrder {
    private final Map<TopicPartition, Deque<Waiting>> waiting = new HashMap<>();

    /// @param time when the log took it; where a broker's clock went back, as the one before it
    private record Waiting(ConsumerRecord<byte[], byte[]> record, long time) {}

    /// Takes what was polled.
    void add(ConsumerRecords<byte[], byte[]> polled) {
        for (TopicPartition partition : polled.partitions()) {
            Deque<Waiting> queue = waiting.computeIfAbsent(partition, _ -> new ArrayDeque<>());
            for (ConsumerRecord<byte[], byte[]> record : polled.records(partition)) {
                queue.add(new Waiting(record, Math.max(record.timestamp(), newest(partition))));
            }
        }
    }

    /// Whether nothing waits.
    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /// The partitions that wait for others: there is no need to read on in them.
    ///
    /// @param awaited the partitions that may still have to say something earlier
    Set<TopicPartition> ahead(Collection<TopicPartition> awaited) {
        long complete = complete(awaited);
        return waiting.keySet().stream()
                .filter(partition -> newest(partition) > complete + 1)
                .collect(Collectors.toSet());
    }

    /// Forgets what was polled of partitions that are read anew, or by another.
    void forget(Collection<TopicPartition> partitions) {
        waiting.keySet().removeAll(partitions);
    }

    /// What is next, of each partition in the order of its offsets.
    ///
    /// @param awaited the partitions that may still have to say something earlier
    /// @param recordsMax how many records at most, but for those of one moment
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> next(
            Collection<TopicPartition> awaited, int recordsMax) {
        long complete = complete(awaited);
        long horizon = given(complete).sorted().limit(recordsMax).max().orElse(complete);
        var next = new HashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
        waiting.forEach(
                (partition, queue) -> {
                    var taken = new ArrayList<ConsumerRecord<byte[], byte[]>>();
                    while (!queue.isEmpty() && queue.element().time <= horizon) {
                        taken.add(queue.remove().record);
                    }
                    next.put(partition, taken);
                });
        waiting.values().removeIf(Deque::isEmpty);
        return next;
    }

    /// How many records could be given.
    long count(Collection<TopicPartition> awaited) {
        return given(complete(awaited)).count();
    }

    private LongStream given(long complete) {
        return waiting.values().stream()
                .flatMap(Collection::stream)
                .mapToLong(Waiting::time)
                .filter(time -> time <= complete);
    }

    /// The last moment of which all is known: that of a partition's newest record may go on.
    private long complete(Collection<TopicPartition> awaited) {
        return awaited.stream().mapToLong(this::newest).min().orElse(Long.MAX_VALUE) - 1;
    }

    /// The offset from which a partition waits, if it does.
    OptionalLong from(TopicPartition partition) {
        Deque<Waiting> queue = waiting.get(partition);
        return queue == null
                ? OptionalLong.empty()
                : OptionalLong.of(queue.element().record.offset());
    }

    private long newest(TopicPartition partition) {
        Waiting last = waiting.getOrDefault(partition, new ArrayDeque<>()).peekLast();
        return last == null ? 0 : last.time;
    }
}
