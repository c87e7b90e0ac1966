package parley.ledger.books;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import parley.ledger.books.Cases.Case;
import parley.ledger.books.LogRecord.Content.Illegible;
import parley.ledger.books.LogRecord.Content.Legible;
import parley.ledger.fold.CaseFold;
import parley.ledger.fold.Coordinates;
import parley.ledger.fold.Edition;
import parley.ledger.fold.Entry;
import parley.ledger.fold.Folded;
import parley.ledger.fold.LoggedEvent;
import parley.ledger.fold.Outcome;
import parley.ledger.fold.Outcome.Applied;
import parley.ledger.fold.Outcome.Duplicate;
import parley.ledger.fold.Outcome.Rejected;

/// What one transaction writes.
///
/// Each case that the new events touch is folded twice: as the books hold it, and with the new
/// events. The fold is pure, so the first gives the very lines that stand, unread; the difference
/// of the two is what must be written.
final class Batch {
    private final Connection connection;
    private final List<Timed> records = new ArrayList<>();
    private final List<LoggedEvent> added = new ArrayList<>();
    private final Map<Coordinates, Outcome> outcomes = new HashMap<>();
    private final Map<Coordinates, Outcome> turned = new HashMap<>();
    private final Changes<Entry> entries =
            new Changes<>(entry -> List.of(entry.exchange(), entry.direction()));
    private final Changes<Edition> editions =
            new Changes<>(edition -> List.of(edition.kind(), edition.subject()));
    private final AccountTable accounts = new AccountTable();

    private Batch(Connection connection) {
        this.connection = connection;
    }

    private record Timed(LogRecord record, Instant recordedAt) {}

    /// Writes it all, and tells what became of it.
    static Taken write(Connection connection, List<LogSlice> slices) throws SQLException {
        var batch = new Batch(connection);
        batch.advance(slices);
        Cases cases = Cases.gather(connection, batch.added);
        cases.byId().values().forEach(touched -> batch.fold(touched, cases));
        batch.save();
        return batch.taken();
    }

    private Taken taken() throws SQLException {
        int applied = 0;
        int duplicates = 0;
        for (Outcome outcome : outcomes.values()) {
            applied += outcome instanceof Applied ? 1 : 0;
            duplicates += outcome instanceof Duplicate ? 1 : 0;
        }
        return new Taken(
                PositionTable.read(connection).position(),
                applied,
                duplicates,
                records.size() - applied - duplicates);
    }

    /// Moves the positions, and tells when the log took each record. Within a partition time never
    /// goes back: where a broker's clock did, a record counts as taken with the one before it.
    private void advance(List<LogSlice> slices) throws SQLException {
        PositionTable positions = PositionTable.read(connection);
        for (LogSlice slice : slices) {
            var standing = positions.standing(slice.topic(), slice.partition());
            if (standing.isPresent() && standing.get().nextOffset() != slice.from()) {
                throw new FencedException(slice, standing.get().nextOffset());
            }
            Instant newest = standing.map(PositionTable.Standing::recordedAt).orElse(Instant.EPOCH);
            for (LogRecord record : slice.records()) {
                newest = record.appendedAt().isAfter(newest) ? record.appendedAt() : newest;
                records.add(new Timed(record, newest));
                if (record.content() instanceof Legible(var envelope, var event)) {
                    added.add(new LoggedEvent(record.at(), newest, envelope, event));
                }
            }
            PositionTable.advance(connection, slice, newest);
        }
    }

    private void fold(Case touched, Cases cases) {
        Folded was = CaseFold.fold(touched.held(), cases.before());
        Folded is = CaseFold.fold(touched.all(), cases.after());
        entries.compare(was.entries(), is.entries());
        editions.compare(was.editions(), is.editions());
        accounts.post(was.entries(), is.entries());
        is.outcomes()
                .forEach(
                        (at, outcome) -> {
                            Outcome standing = was.outcomes().get(at);
                            if (standing == null) {
                                outcomes.put(at, outcome);
                            } else if (!standing.equals(outcome)) {
                                turned.put(at, outcome);
                            }
                        });
    }

    private void save() throws SQLException {
        var inserts = new EventTable.Inserts();
        for (Timed read : records) {
            switch (read.record.content()) {
                case Legible _ ->
                        inserts.add(
                                read.record,
                                read.recordedAt,
                                Objects.requireNonNull(outcomes.get(read.record.at())),
                                true);
                case Illegible(String reason) ->
                        inserts.add(
                                read.record, read.recordedAt, new Rejected(reason, null), false);
            }
        }
        inserts.send(connection);
        EventTable.update(connection, turned);
        EntryTable.write(connection, entries);
        EditionTable.write(connection, editions);
        accounts.save(connection);
    }
}
