package parley.ledger.books;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parley.ledger.fold.CaseFold;
import parley.ledger.fold.CaseFold.Step;
import parley.ledger.fold.Definitions;
import parley.ledger.fold.LoggedEvent;

/// The events that the books hold of some cases: case by case, each in the order of the log.
///
/// They are given some at a time, since an exchange of which everybody speaks may have more than
/// there is memory for.
final class HeldEvents implements AutoCloseable {
    private static final int TOGETHER = 1_000;
    private static final String SELECT =
            """
            select topic, partition, "offset", recorded_at, id, source, type, held.subject, sent_at,
                   authority, value, place
            from unnest(?::text[]) with ordinality as one (case_id, place)
            cross join lateral (select subject from tie where tie.case_id = one.case_id
                                union select one.case_id) as member
            cross join lateral (select topic, partition, "offset", recorded_at, id, source, type,
                                       subject, sent_at, authority, value
                                from event where event.subject = member.subject and legible
                                offset 0) as held -- by the index, however many members
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

    /// Those of cases, which are in the places from 0. In the transaction that is open.
    static HeldEvents read(Connection connection, List<String> cases) throws SQLException {
        PreparedStatement select = connection.prepareStatement(SELECT);
        try {
            select.setFetchSize(TOGETHER);
            select.setArray(1, connection.createArrayOf("text", cases.toArray()));
            return new HeldEvents(select);
        } catch (SQLException | RuntimeException failure) {
            select.close();
            throw failure;
        }
    }

    /// The case in that place, folded as it is read; null where that is not possible, since a
    /// definition turns it.
    ///
    /// @param told what comes of each part of it
    @Nullable CaseFold fold(int of, Definitions definitions, Consumer<Step> told)
            throws SQLException {
        var fold = new CaseFold();
        for (var some = next(of); !some.isEmpty(); some = next(of)) {
            fold.layBy();
            if (!fold.goOn(some, definitions)) {
                return null;
            }
            told.accept(fold.step());
        }
        return fold;
    }

    /// The next events of the case in that place; none where there are no more. What the log took
    /// at one moment comes together.
    ///
    /// @param of the place of the case, which never goes back
    List<LoggedEvent> next(int of) throws SQLException {
        var events = new ArrayList<LoggedEvent>();
        Instant newest = Instant.MAX;
        while (hasNext(of)
                && (events.size() < TOGETHER || requireNonNull(next).recordedAt().equals(newest))) {
            LoggedEvent event = requireNonNull(next);
            events.add(event);
            newest = event.recordedAt();
            step();
        }
        return events;
    }

    /// Whether there are more of the case in that place.
    boolean hasNext(int of) throws SQLException {
        while (next != null && place < of) {
            step();
        }
        return next != null && place == of;
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
        place = next == null ? Integer.MAX_VALUE : rows.getInt(PLACE) - 1;
    }

    @Override
    public void close() throws SQLException {
        select.close();
    }
}
