package parley.ingest.conflicts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/// Who waits for the reader to come how far. Used by the reader's thread alone.
final class Goals {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    private final Consumer<String, byte[]> reader;
    private final Collection<TopicPartition> partitions;
    private final List<Goal> open = new ArrayList<>();

    private record Goal(Map<TopicPartition, Long> ends, List<CompletableFuture<Void>> waiting) {}

    Goals(Consumer<String, byte[]> reader, Collection<TopicPartition> partitions) {
        this.reader = reader;
        this.partitions = partitions;
    }

    /// Those who wait, wait until the reader is where the topic ends now. One question to the
    /// broker serves them all.
    void add(Queue<CompletableFuture<Void>> waiting) {
        var asking = new ArrayList<CompletableFuture<Void>>();
        for (var asked = waiting.poll(); asked != null; asked = waiting.poll()) {
            asking.add(asked);
        }
        try {
            open.add(new Goal(reader.endOffsets(partitions, ANSWER_MAX), asking));
        } catch (RuntimeException unanswered) {
            waiting.addAll(asking);
            throw unanswered;
        }
    }

    /// Answers those whose goal is reached.
    void settle() {
        open.removeIf(
                goal -> {
                    boolean isReached =
                            goal.ends().entrySet().stream()
                                    .allMatch(
                                            end -> reader.position(end.getKey()) >= end.getValue());
                    if (isReached) {
                        goal.waiting().forEach(asked -> asked.complete(null));
                    }
                    return isReached;
                });
    }
}
