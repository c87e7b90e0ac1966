package parley.ledger.views;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
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
