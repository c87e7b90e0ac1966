package parley.ledger.books;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import parley.contract.LogPosition;
import parley.contract.Topic;

/// How far each partition has been read.
final class PositionTable {
    private static final String READ =
            """
            select topic, partition, next_offset, recorded_at from\s
            """;
    private static final String ADVANCE =
            """
            insert into log_position as standing (topic, partition, next_offset, recorded_at)
            values (?, ?, ?, ?)
            on conflict (topic, partition) do update
            set next_offset = excluded.next_offset, recorded_at = excluded.recorded_at
            where standing.next_offset = ?
            """;

    private final Map<Partition, Standing> standings = new HashMap<>();

    private PositionTable() {}

    private record Partition(Topic topic, int partition) {}

    /// @param recordedAt the time of the newest record read: what follows is not older
    record Standing(long nextOffset, Instant recordedAt) {}

    static PositionTable read(Connection connection) throws SQLException {
        return readFrom(connection, "");
    }

    /// That of the books in a schema, whatever the search path.
    static PositionTable read(Connection connection, String schema) throws SQLException {
        return readFrom(connection, schema + ".");
    }

    private static PositionTable readFrom(Connection connection, String prefix)
            throws SQLException {
        var table = new PositionTable();
        try (var select = connection.prepareStatement(READ + prefix + "log_position");
                var rows = select.executeQuery()) {
            while (rows.next()) {
                table.standings.put(
                        new Partition(Topic.values()[rows.getInt(1)], rows.getInt(2)),
                        new Standing(
                                rows.getLong(3),
                                rows.getObject(4, OffsetDateTime.class).toInstant()));
            }
        }
        return table;
    }

    Optional<Standing> standing(Topic topic, int partition) {
        return Optional.ofNullable(standings.get(new Partition(topic, partition)));
    }

    LogPosition position() {
        LogPosition position = LogPosition.START;
        for (var standing : standings.entrySet()) {
            position =
                    position.with(
                            standing.getKey().topic(),
                            standing.getKey().partition(),
                            standing.getValue().nextOffset());
        }
        return position;
    }

    /// Runs in the transaction that wrote what was read, so both count or neither does.
    static void advance(Connection connection, LogSlice slice, Instant recordedAt)
            throws SQLException {
        try (var advance = connection.prepareStatement(ADVANCE)) {
            advance.setInt(1, slice.topic().ordinal());
            advance.setInt(2, slice.partition());
            advance.setLong(3, slice.to());
            advance.setObject(4, recordedAt.atOffset(ZoneOffset.UTC));
            advance.setLong(5, slice.from());
            if (advance.executeUpdate() != 1) {
                throw new FencedException(slice, -1);
            }
        }
    }
}
