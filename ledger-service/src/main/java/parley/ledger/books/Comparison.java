package parley.ledger.books;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.contract.Category;
import parley.contract.LogPosition;
import parley.ledger.fold.Figure;

/// Two generations held against each other, total by total, as both knew them at one moment.
///
/// Each is read at its own position, so what they are compared by is the second clock: the newest
/// moment that both have read past.
///
/// @param knownAt that moment; null where both have read the same, and all of it is compared
/// @param totals how many totals were compared
/// @param differing how many of them differ
/// @param differences the first 100 that do
public record Comparison(
        @Nullable Instant knownAt, long totals, long differing, List<Difference> differences) {
    private static final int DIFFERENCES_MAX = 100;
    private static final String KNOWN =
            """
            %1$s as (
                select conflict, party, direction, category, count(*) as transfers,
                       sum(best) as best, sum(low) as low, sum(high) as high,
                       sum(disputed) as disputed, sum(unstated) as unstated
                from (select conflict, from_party as party, 1 as direction, category,
                             best, low, high, disputed, unstated
                      from %2$s.entry
                      where known_from <= ? and (known_to is null or known_to > ?)
                      union all
                      select conflict, to_party, 0, category, best, low, high, disputed, unstated
                      from %2$s.entry
                      where known_from <= ? and (known_to is null or known_to > ?)) posting
                group by conflict, party, direction, category)
            """;
    private static final String COMPARE =
            """
            select conflict, party, direction, category,
                   serving.transfers, serving.best, serving.low, serving.high, serving.disputed,
                   serving.unstated,
                   other.transfers, other.best, other.low, other.high, other.disputed,
                   other.unstated
            from serving
            full join other using (conflict, party, direction, category)
            order by conflict, party, direction, category
            """;
    private static final OffsetDateTime FOR_EVER = OffsetDateTime.MAX;

    public Comparison {
        differences = List.copyOf(differences);
    }

    /// A total of a party that is not the same in both.
    ///
    /// @param direction `received` or `handedOver`
    /// @param serving what the serving generation says, and by how many transfers
    /// @param other what the other one says
    public record Difference(
            String conflict,
            String party,
            String direction,
            String category,
            Sum serving,
            Sum other) {}

    /// So many transfers, and the sum of their figures.
    public record Sum(long transfers, Figure figure) {}

    /// Whether no total differs.
    public boolean isEqual() {
        return differing == 0;
    }

    static Comparison of(Connection connection, int serving, int other) throws SQLException {
        OffsetDateTime moment = bothKnow(connection, serving, other);
        long totals = 0;
        long differing = 0;
        var differences = new ArrayList<Difference>();
        String sql =
                "with "
                        + KNOWN.formatted("serving", Generation.schema(serving))
                        + ", "
                        + KNOWN.formatted("other", Generation.schema(other))
                        + COMPARE;
        try (var select = connection.prepareStatement(sql)) {
            for (int parameter = 1; parameter <= 8; parameter++) {
                select.setObject(parameter, moment);
            }
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    totals++;
                    var difference =
                            new Difference(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getInt(3) == 0 ? "received" : "handedOver",
                                    Category.values()[row.getInt(4)].wire(),
                                    sum(row, 5),
                                    sum(row, 11));
                    if (!difference.serving.equals(difference.other)) {
                        differing++;
                        if (differences.size() < DIFFERENCES_MAX) {
                            differences.add(difference);
                        }
                    }
                }
            }
        }
        return new Comparison(
                moment.equals(FOR_EVER) ? null : moment.toInstant(),
                totals,
                differing,
                differences);
    }

    private static Sum sum(ResultSet row, int first) throws SQLException {
        return new Sum(
                row.getLong(first),
                new Figure(
                        row.getLong(first + 1),
                        row.getLong(first + 2),
                        row.getLong(first + 3),
                        row.getLong(first + 4),
                        row.getLong(first + 5)));
    }

    /// The last moment before the first record that one of them has read and the other has not.
    private static OffsetDateTime bothKnow(Connection connection, int serving, int other)
            throws SQLException {
        LogPosition one = GenerationTable.position(connection, serving);
        LogPosition two = GenerationTable.position(connection, other);
        OffsetDateTime moment = FOR_EVER;
        for (LogPosition.Partition at :
                Stream.concat(one.partitions().stream(), two.partitions().stream())
                        .distinct()
                        .toList()) {
            long first = one.nextOffset(at.topic(), at.partition());
            long second = two.nextOffset(at.topic(), at.partition());
            if (first != second) {
                int further = first > second ? serving : other;
                OffsetDateTime taken = taken(connection, further, at, Math.min(first, second));
                moment = taken.isBefore(moment) ? taken : moment;
            }
        }
        return moment;
    }

    private static OffsetDateTime taken(
            Connection connection, int generation, LogPosition.Partition at, long offset)
            throws SQLException {
        String sql =
                """
                select recorded_at from %s.event
                where topic = ? and partition = ? and "offset" >= ?
                order by "offset"
                limit 1
                """
                        .formatted(Generation.schema(generation));
        try (var select = connection.prepareStatement(sql)) {
            select.setInt(1, at.topic().ordinal());
            select.setInt(2, at.partition());
            select.setLong(3, offset);
            try (var row = select.executeQuery()) {
                return row.next()
                        ? row.getObject(1, OffsetDateTime.class).minusNanos(1_000)
                        : FOR_EVER; // What lies between are no records.
            }
        }
    }
}
