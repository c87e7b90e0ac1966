package parley.contract;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How far into the log something has read: for each partition, the offset that comes next.
///
/// Written as `f0:2,e3:18,c11:5` (`f` conflicts, `e` exchange-events, `c` claim-events); a
/// partition of which nothing was read is left out. Opaque to callers, readable to operators.
public final class LogPosition {
    /// Nothing was read.
    public static final LogPosition START = new LogPosition(new EnumMap<>(Topic.class));

    private static final Pattern PART = Pattern.compile("([fec])(\\d{1,9}):(\\d{1,18})");

    private final Map<Topic, SortedMap<Integer, Long>> next;

    private LogPosition(Map<Topic, SortedMap<Integer, Long>> next) {
        this.next = next;
    }

    /// The position just behind one record.
    public static LogPosition behind(Topic topic, int partition, long offset) {
        return START.with(topic, partition, offset + 1);
    }

    /// Reads a position; an [IllegalArgumentException] says that it is none.
    public static LogPosition parse(String text) {
        LogPosition position = START;
        for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
            Matcher matcher = PART.matcher(part.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "'" + text + "' is not a position: send back one that Parley gave you.");
            }
            position =
                    position.with(
                            topic(matcher.group(1).charAt(0)),
                            Integer.parseInt(matcher.group(2)),
                            Long.parseLong(matcher.group(3)));
        }
        return position;
    }

    /// This position, at least as far as `nextOffset` in that partition.
    public LogPosition with(Topic topic, int partition, long nextOffset) {
        if (nextOffset <= nextOffset(topic, partition)) {
            return this;
        }
        var advanced = new EnumMap<Topic, SortedMap<Integer, Long>>(Topic.class);
        next.forEach((key, value) -> advanced.put(key, new TreeMap<>(value)));
        advanced.computeIfAbsent(topic, _ -> new TreeMap<>()).put(partition, nextOffset);
        return new LogPosition(advanced);
    }

    /// As far as this one or the other, whichever is further.
    public LogPosition and(LogPosition other) {
        LogPosition both = this;
        for (var topic : other.next.entrySet()) {
            for (var part : topic.getValue().entrySet()) {
                both = both.with(topic.getKey(), part.getKey(), part.getValue());
            }
        }
        return both;
    }

    /// The offset that comes next in that partition.
    public long nextOffset(Topic topic, int partition) {
        return next.getOrDefault(topic, Collections.emptySortedMap()).getOrDefault(partition, 0L);
    }

    /// One partition of the log.
    public record Partition(Topic topic, int partition) {}

    /// The partitions of which something was read, in their order.
    public List<Partition> partitions() {
        return next.entrySet().stream()
                .flatMap(
                        topic ->
                                topic.getValue().keySet().stream()
                                        .map(it -> new Partition(topic.getKey(), it)))
                .toList();
    }

    /// How many offsets the other has read that this has not.
    public long recordsBehind(LogPosition other) {
        return other.partitions().stream()
                .mapToLong(
                        it ->
                                other.nextOffset(it.topic(), it.partition())
                                        - nextOffset(it.topic(), it.partition()))
                .filter(missing -> missing > 0)
                .sum();
    }

    /// Whether everything before `other` has been read.
    public boolean covers(LogPosition other) {
        return other.next.entrySet().stream()
                .allMatch(
                        topic ->
                                topic.getValue().entrySet().stream()
                                        .allMatch(
                                                part ->
                                                        nextOffset(topic.getKey(), part.getKey())
                                                                >= part.getValue()));
    }

    private static Topic topic(char letter) {
        return Arrays.stream(Topic.values())
                .filter(topic -> topic.letter() == letter)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof LogPosition position && next.equals(position.next));
    }

    @Override
    public int hashCode() {
        return next.hashCode();
    }

    @Override
    public String toString() {
        return next.entrySet().stream()
                .flatMap(
                        topic ->
                                topic.getValue().entrySet().stream()
                                        .map(
                                                part ->
                                                        topic.getKey().letter()
                                                                + ""
                                                                + part.getKey()
                                                                + ":"
                                                                + part.getValue()))
                .collect(Collectors.joining(","));
    }
}
