package parley.ledger.views;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;
import parley.contract.Topic;

/// How far into the log an answer has read.
@ApplicationScoped
public class Positions {
    private static final String NOW =
            """
            select topic, partition, next_offset from log_position
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
}
