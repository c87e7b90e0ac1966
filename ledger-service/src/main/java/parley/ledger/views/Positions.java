package parley.ledger.views;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;
import parley.contract.LogPosition.Partition;
import parley.contract.Topic;
import parley.ledger.intake.ReadPast.Read;

/// How far into the log an answer has read.
@ApplicationScoped
public class Positions {
    private static final String NOW =
            """
            select topic, partition, next_offset from log_position
            """;
    private static final String READ =
            """
            select topic, partition, next_offset, recorded_at from log_position
            """;
    private static final String STAND =
            """
            select current_schema() as books, topic, partition, next_offset, recorded_at
            from log_position
            """;
    private static final String FIRST_BEHIND =
            """
            select first.recorded_at
            from log_position at
            left join unnest(?::int[], ?::int[], ?::bigint[])
                      as behind (topic, partition, next_offset)
                 on behind.topic = at.topic and behind.partition = at.partition
            cross join lateral (
                select recorded_at from event
                where topic = at.topic and partition = at.partition
                      and "offset" >= coalesce(behind.next_offset, 0)
                order by "offset"
                limit 1) first
            order by first.recorded_at
            limit 1
            """;
    private static final String THEN =
            """
            select at.topic, at.partition, newest."offset" + 1
            from log_position at
            cross join lateral (
                select "offset" from event
                where topic = at.topic and partition = at.partition and recorded_at <= ?
                order by recorded_at desc, "offset" desc
                limit 1) newest
            """;

    private final Reader reader;

    Positions(Reader reader) {
        this.reader = reader;
    }

    /// The position at that moment; null: where the books stand.
    public LogPosition at(@Nullable OffsetDateTime moment) {
        Reader.Row<LogPosition> row =
                it ->
                        LogPosition.START.with(
                                Topic.values()[it.getInt(1)], it.getInt(2), it.getLong(3));
        var parts = moment == null ? reader.list(NOW, row) : reader.list(THEN, row, moment);
        return parts.stream().reduce(LogPosition.START, LogPosition::and);
    }

    /// Where books stand.
    ///
    /// @param books which they are, of all generations
    /// @param newest when the log took the newest record that they hold
    public record Stand(String books, LogPosition position, OffsetDateTime newest) {
        private Stand and(Stand other) {
            return new Stand(
                    books,
                    position.and(other.position),
                    newest.isAfter(other.newest) ? newest : other.newest);
        }
    }

    /// Where the books stand, which have read something.
    public Stand stand() {
        return reader
                .list(
                        STAND,
                        row ->
                                new Stand(
                                        row.getString("books"),
                                        LogPosition.START.with(
                                                Topic.values()[row.getInt("topic")],
                                                row.getInt("partition"),
                                                row.getLong("next_offset")),
                                        row.getObject("recorded_at", OffsetDateTime.class)))
                .stream()
                .reduce(Stand::and)
                .orElseThrow();
    }

    /// When the log took the first record that the position does not cover.
    public Optional<OffsetDateTime> firstBehind(LogPosition position) {
        List<Partition> parts = position.partitions();
        return reader.first(
                FIRST_BEHIND,
                row -> row.getObject("recorded_at", OffsetDateTime.class),
                parts.stream().map(it -> it.topic().ordinal()).toArray(Integer[]::new),
                parts.stream().map(Partition::partition).toArray(Integer[]::new),
                parts.stream()
                        .map(it -> position.nextOffset(it.topic(), it.partition()))
                        .toArray(Long[]::new));
    }

    /// How far each partition has been read.
    Map<Partition, Read> read() {
        var read = new HashMap<Partition, Read>();
        reader.list(
                        READ,
                        row ->
                                Map.entry(
                                        new Partition(
                                                Topic.values()[row.getInt("topic")],
                                                row.getInt("partition")),
                                        new Read(
                                                row.getLong("next_offset"),
                                                Objects.requireNonNull(
                                                        Reader.instant(row, "recorded_at")))))
                .forEach(it -> read.put(it.getKey(), it.getValue()));
        return read;
    }
}
