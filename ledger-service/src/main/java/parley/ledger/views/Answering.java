package parley.ledger.views;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.ledger.intake.ReadPast;

/// What an answer about a conflict rests on.
@ApplicationScoped
public class Answering {
    private static final String NEWEST =
            """
            select greatest((select max(known_from) from edition where conflict = ?),
                            (select max(known_to) from edition
                             where conflict = ? and known_to is not null)) as newest
            """;

    private final Reader reader;
    private final Positions positions;
    private final ReadPast readPast;
    private final Permanence permanence;

    Answering(Reader reader, Positions positions, ReadPast readPast, Permanence permanence) {
        this.reader = reader;
        this.positions = positions;
        this.readPast = readPast;
        this.permanence = permanence;
    }

    /// How far an answer has read, and up to which moment.
    ///
    /// @param position how far into the log the answer has read
    /// @param knownAt the moment asked for, or else that of the newest event it rests on
    public record Basis(String position, @Nullable Instant knownAt) {}

    /// What an answer about that conflict rests on, at that moment.
    public Basis about(String conflict, Moment moment) {
        return new Basis(position(moment), newest(conflict, moment));
    }

    /// A list about that conflict, as it was read in this very transaction.
    ///
    /// @param next the whole address of the next page, or null
    public <T> Listing<T> list(String conflict, Moment moment, List<T> items, @Nullable URI next) {
        Basis basis = about(conflict, moment);
        return new Listing<>(
                conflict, moment.asOf(), basis.knownAt(), basis.position(), items, next);
    }

    /// How far into the log an answer at that moment has read.
    ///
    /// It is one for good where that is all that the log will ever hold of the moment. What it is
    /// read from, in this very transaction, says so: not what may have been read meanwhile.
    public String position(Moment moment) {
        OffsetDateTime knownAt = moment.knownAtUtc();
        if (knownAt != null && readPast.isPast(knownAt.toInstant(), positions.read())) {
            permanence.grant();
        }
        return positions.at(knownAt).toString();
    }

    private @Nullable Instant newest(String conflict, Moment moment) {
        Instant asked = moment.knownAt();
        if (asked != null) {
            return asked;
        }
        // An aggregate gives one row, whose value is null where nothing is known.
        return reader.list(
                        NEWEST,
                        row -> new Newest(Reader.instant(row, "newest")),
                        conflict,
                        conflict)
                .getFirst()
                .at();
    }

    private record Newest(@Nullable Instant at) {}
}
