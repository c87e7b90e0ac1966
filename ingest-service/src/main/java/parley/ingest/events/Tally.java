package parley.ingest.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;
import parley.contract.Topic;
import parley.ingest.log.Acknowledged;

/// What has become of the events of one request. Counted by two threads: the one that reads them,
/// and the one on which the log answers.
final class Tally {
    /// More would be an answer that nobody reads.
    private static final int PROBLEMS_MAX = 100;

    /// What the faults of all of them may say, in characters. A stream of nothing but faults would
    /// otherwise be answered with more than it is.
    private static final int FAULT_CHARACTERS_MAX = 512 << 10;

    private final Consumer<LineProblem> rejections;
    private final List<LineProblem> problems = new ArrayList<>();
    private final Map<Topic, SortedMap<Integer, Long>> newest = new EnumMap<>(Topic.class);
    private int faultCharacters;
    private long accepted;
    private long rejected;
    private long unacknowledged;
    private long resendFromLine = Long.MAX_VALUE;

    /// @param rejections is told of each that is rejected
    Tally(Consumer<LineProblem> rejections) {
        this.rejections = rejections;
    }

    /// What a stream or batch is answered with.
    ///
    /// @param dryRun true, or null where it was none
    /// @param position behind all accepted events; null in a dry run
    /// @param problems the first 100
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Summary(
            long accepted,
            long rejected,
            @Nullable Boolean dryRun,
            @Nullable String position,
            List<LineProblem> problems) {}

    /// What the sender of a stream needs to know when the log went away in the midst of it.
    ///
    /// @param resendFromLine all lines before it are accepted or rejected for good
    record Interrupted(
            long accepted,
            long rejected,
            long unacknowledged,
            long resendFromLine,
            String position,
            List<LineProblem> problems) {}

    synchronized void accept(Acknowledged where) {
        accepted++;
        newest.computeIfAbsent(where.topic(), _ -> new TreeMap<>())
                .merge(where.partition(), where.offset() + 1, Long::max);
    }

    synchronized void acceptDry() {
        accepted++;
    }

    synchronized void reject(LineProblem problem) {
        rejected++;
        rejections.accept(problem);
        if (problems.size() < PROBLEMS_MAX) {
            int characters = problem.faultCharacters();
            boolean hasRoom = characters <= FAULT_CHARACTERS_MAX - faultCharacters;
            problems.add(hasRoom ? problem : problem.withoutFaults());
            faultCharacters += hasRoom ? characters : 0;
        }
    }

    synchronized void miss(long line) {
        unacknowledged++;
        resendFromLine = Math.min(resendFromLine, line);
    }

    /// Whether the log has failed to acknowledge an event.
    synchronized boolean isInterrupted() {
        return unacknowledged > 0;
    }

    synchronized Summary summary() {
        return new Summary(accepted, rejected, null, position().toString(), List.copyOf(problems));
    }

    synchronized Summary drySummary() {
        return new Summary(accepted, rejected, true, null, List.copyOf(problems));
    }

    synchronized Interrupted interrupted() {
        return new Interrupted(
                accepted,
                rejected,
                unacknowledged,
                resendFromLine,
                position().toString(),
                List.copyOf(problems));
    }

    private LogPosition position() {
        LogPosition position = LogPosition.START;
        for (var topic : newest.entrySet()) {
            for (var partition : topic.getValue().entrySet()) {
                position = position.with(topic.getKey(), partition.getKey(), partition.getValue());
            }
        }
        return position;
    }
}
