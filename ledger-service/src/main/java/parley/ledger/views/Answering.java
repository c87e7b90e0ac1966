package parley.ledger.views;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

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

    Answering(Reader reader, Positions positions) {
        this.reader = reader;
        this.positions = positions;
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

    /// How far into the log an answer at that moment has read.
    public String position(Moment moment) {
        OffsetDateTime knownAt = moment.knownAtUtc();
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
