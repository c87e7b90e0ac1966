package parley.ledger.books;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
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
            merge into log_position as standing
            using unnest(?::int[], ?::int[], ?::bigint[], ?::bigint[], ?::timestamptz[])
                  as read (topic, partition, from_offset, next_offset, recorded_at)
            on standing.topic = read.topic and standing.partition = read.partition
            when matched and standing.next_offset = read.from_offset then update
            set next_offset = read.next_offset, recorded_at = read.recorded_at
            when not matched then insert
            values (read.topic, read.partition, read.next_offset, read.recorded_at)
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

    /// How far a partition has been read now.
    ///
    /// @param recordedAt the time of the newest record read
    record Advance(LogSlice slice, Instant recordedAt) {}

    /// Runs in the transaction that wrote what was read, so both count or neither does.
    ///
    /// @throws FencedException where one of them does not stand where it was read from
    static void advance(Connection connection, List<Advance> advances) throws SQLException {
        try (var advance = new ArrayStatement<>(connection, ADVANCE, advances)) {
            advance.array(1, "int4", it -> it.slice.topic().ordinal());
            advance.array(2, "int4", it -> it.slice.partition());
            advance.array(3, "int8", it -> it.slice.from());
            advance.array(4, "int8", it -> it.slice.to());
            advance.array(5, "timestamptz", Advance::recordedAt);
            int fenced = advances.size() - advance.executeUpdate();
            if (fenced > 0) {
                throw new FencedException(fenced);
            }
        }
    }
}
