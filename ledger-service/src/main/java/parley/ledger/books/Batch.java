package parley.ledger.books;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import parley.contract.LedgerEvent.ConflictDefined;
import parley.ledger.books.Cases.Case;
import parley.ledger.books.LogRecord.Content.Illegible;
import parley.ledger.books.LogRecord.Content.Legible;
import parley.ledger.books.PositionTable.Advance;
import parley.ledger.fold.CaseFold;
import parley.ledger.fold.Coordinates;
import parley.ledger.fold.Definitions;
import parley.ledger.fold.Judged;
import parley.ledger.fold.Known;
import parley.ledger.fold.LoggedEvent;
import parley.ledger.fold.Outcome;
import parley.ledger.fold.Outcome.Applied;
import parley.ledger.fold.Outcome.Duplicate;
import parley.ledger.fold.Outcome.Rejected;

/// What one transaction writes.
///
/// The position moves, the cases that the new events touch are folded, the events are kept: all of
/// it, or nothing.
final class Batch {
    private static final Logger LOG = Logger.getLogger(Batch.class);

    /// A definition may turn any number of cases: so many are held in memory at once.
    private static final int TURNED_TOGETHER_MAX = 2_000;

    private final Connection connection;
    private final List<Timed> records = new ArrayList<>();
    private final List<LoggedEvent> added = new ArrayList<>();
    private final Map<Coordinates, Known<Judged>> outcomes = new HashMap<>();
    private final CaseCache cache;
    private final Set<String> touched = new HashSet<>();
    private Map<String, CaseFold> written = Map.of();
    private boolean turnsDefinitions;

    Batch(Connection connection, CaseCache cache) {
        this.connection = connection;
        this.cache = cache;
    }

    private record Timed(LogRecord record, Instant recordedAt) {}

    /// Writes it all, and tells what became of it.
    Taken write(List<LogSlice> slices) throws SQLException {
        advance(slices);
        fold();
        insertEvents();
        return taken();
    }

    /// Remembers what was written, once it is committed.
    void remember() {
        if (turnsDefinitions) {
            cache.clear();
        } else {
            written.forEach(cache::keep);
        }
    }

    /// The cases that are as they were no longer; null where that may be any.
    @Nullable Set<String> touched() {
        return turnsDefinitions ? null : touched;
    }

    /// Says which records were rejected, to those who want it of each; why, `/v1/rejections` says.
    void logRejected() {
        if (LOG.isDebugEnabled()) {
            for (Timed read : records) {
                Known<Judged> known = outcomes.get(read.record.at());
                if (known == null || known.value().outcome() instanceof Rejected) {
                    try (EventFields _ = new EventFields(read.record)) {
                        LOG.debug("A record is rejected");
                    }
                }
            }
        }
    }

    private Taken taken() {
        int applied = 0;
        int duplicates = 0;
        for (Known<Judged> known : outcomes.values()) {
            Outcome outcome = known.value().outcome();
            applied += outcome instanceof Applied ? 1 : 0;
            duplicates += outcome instanceof Duplicate ? 1 : 0;
        }
        return new Taken(applied, duplicates, records.size() - applied - duplicates);
    }

    /// Moves the positions, and tells when the log took each record. Within a partition time never
    /// goes back: where a broker's clock did, a record counts as taken with the one before it.
    private void advance(List<LogSlice> slices) throws SQLException {
        PositionTable positions = PositionTable.read(connection);
        var advances = new ArrayList<Advance>();
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
            advances.add(new Advance(slice, newest));
        }
        PositionTable.advance(connection, advances);
    }

    private void fold() throws SQLException {
        Definitions before = definitions();
        var cases = new Cases(connection, cache);
        Collection<Case> touched = cases.touchedBy(added);
        Set<String> defined = conflictsDefined();
        Definitions after = defined.isEmpty() ? before : redefined(before, defined);
        var difference = new Difference(before, after, cache);
        difference.add(touched, cases);
        difference.save(connection);
        outcomes.putAll(difference.outcomes());
        written = difference.written();
        touched.forEach(it -> this.touched.add(it.id()));
        this.touched.addAll(cases.united());
        turnsDefinitions = !defined.isEmpty();
        turnWhatAwaits(defined, cases, before, after);
    }

    /// As the books hold them.
    private Definitions definitions() throws SQLException {
        Definitions remembered = cache.definitions();
        if (remembered != null) {
            return remembered;
        }
        Definitions read = Definitions.of(EventTable.definitions(connection));
        cache.keep(read);
        return read;
    }

    private Set<String> conflictsDefined() {
        return added.stream()
                .filter(event -> event.content() instanceof ConflictDefined)
                .map(event -> event.envelope().subject())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Definitions redefined(Definitions before, Set<String> conflicts) throws SQLException {
        Definitions after = before;
        for (String conflict : conflicts) {
            var events = new ArrayList<>(EventTable.about(connection, Set.of(conflict)));
            events.addAll(added);
            after = after.redefined(conflict, events);
        }
        return after;
    }

    /// Folds anew what was rejected for want of the definitions that have come.
    private void turnWhatAwaits(
            Set<String> defined, Cases cases, Definitions before, Definitions after)
            throws SQLException {
        String last = "";
        while (!defined.isEmpty()) {
            List<String> subjects =
                    EventTable.awaiting(connection, defined, last, TURNED_TOGETHER_MAX);
            if (subjects.isEmpty()) {
                return;
            }
            var difference = new Difference(before, after, cache);
            difference.add(cases.of(subjects), cases);
            difference.save(connection);
            last = subjects.getLast();
        }
    }

    private void insertEvents() throws SQLException {
        try (var inserts = new EventTable.Inserts(connection)) {
            for (Timed read : records) {
                switch (read.record.content()) {
                    case Legible _ -> {
                        var known = Objects.requireNonNull(outcomes.get(read.record.at()));
                        inserts.add(
                                read.record,
                                read.recordedAt,
                                true,
                                known.value().outcome(),
                                known.from());
                    }
                    case Illegible(String reason) ->
                            inserts.add(
                                    read.record,
                                    read.recordedAt,
                                    false,
                                    new Rejected(reason, null),
                                    read.recordedAt);
                }
            }
            inserts.end();
        }
    }
}
