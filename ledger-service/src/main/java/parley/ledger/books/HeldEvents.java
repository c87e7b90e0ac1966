package parley.ledger.books;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.ledger.fold.LoggedEvent;

/// The events that the books hold of some cases: case by case, each in the order of the log.
///
/// They are given some at a time, since an exchange of which everybody speaks may have more than
/// there is memory for.
final class HeldEvents implements AutoCloseable {
    private static final int TOGETHER = 1_000;
    private static final String SELECT =
            """
            select topic, partition, "offset", recorded_at, id, source, type, subject, sent_at,
                   authority, value, place
            from unnest(?::text[], ?::int[]) as member (subject, place)
            join event using (subject)
            where legible
            order by place, recorded_at, topic, partition, "offset"
            """;
    private static final int PLACE = 12;

    private final PreparedStatement select;
    private final ResultSet rows;
    private @Nullable LoggedEvent next;
    private int place;

    private HeldEvents(PreparedStatement select) throws SQLException {
        this.select = select;
        this.rows = select.executeQuery();
        step();
    }

    /// Those of cases, each of which is told by its subjects. In the transaction that is open.
    static HeldEvents read(Connection connection, List<? extends Collection<String>> cases)
            throws SQLException {
        var subjects = new ArrayList<String>();
        var places = new ArrayList<Integer>();
        for (int place = 0; place < cases.size(); place++) {
            for (String subject : cases.get(place)) {
                subjects.add(subject);
                places.add(place);
            }
        }
        PreparedStatement select = connection.prepareStatement(SELECT);
        try {
            select.setFetchSize(TOGETHER);
            select.setArray(1, connection.createArrayOf("text", subjects.toArray()));
            select.setArray(2, connection.createArrayOf("int4", places.toArray()));
            return new HeldEvents(select);
        } catch (SQLException | RuntimeException failure) {
            select.close();
            throw failure;
        }
    }

    /// The next events of the case in that place; none where there are no more. What the log took
    /// at one moment comes together.
    ///
    /// @param of the place of the case, which never goes back
    List<LoggedEvent> next(int of) throws SQLException {
        while (next != null && place < of) {
            step();
        }
        var events = new ArrayList<LoggedEvent>();
        Instant newest = Instant.MAX;
        while (next != null
                && place == of
                && (events.size() < TOGETHER || next.recordedAt().equals(newest))) {
            events.add(next);
            newest = next.recordedAt();
            step();
        }
        return events;
    }

    /// All further events of the case in that place.
    List<LoggedEvent> all(int of) throws SQLException {
        var all = new ArrayList<LoggedEvent>();
        for (List<LoggedEvent> some = next(of); !some.isEmpty(); some = next(of)) {
            all.addAll(some);
        }
        return all;
    }

    private void step() throws SQLException {
        next = rows.next() ? EventTable.event(rows) : null;
        place = next == null ? Integer.MAX_VALUE : rows.getInt(PLACE);
    }

    @Override
    public void close() throws SQLException {
        select.close();
    }
}
