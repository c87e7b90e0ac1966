package parley.ledger.views;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of a list.
///
/// @param conflict what the list is of, or null where it is of the whole log
/// @param knownAt the newest moment that the answer rests on, or the one that was asked for
/// @param position how far into the log the answer has read
/// @param next the whole address of the next page, or null
/// @param table how it is read as a table, or null
public record Listing<T>(
        @Nullable String conflict,
        @Nullable LocalDate asOf,
        @Nullable Instant knownAt,
        String position,
        List<T> items,
        @Nullable URI next,
        @JsonIgnore @Nullable Table table)
        implements View {
    /// A list that is no table.
    public Listing(
            @Nullable String conflict,
            @Nullable LocalDate asOf,
            @Nullable Instant knownAt,
            String position,
            List<T> items,
            @Nullable URI next) {
        this(conflict, asOf, knownAt, position, items, next, null);
    }

    /// The same, which can be read as a table.
    public Listing<T> as(Table columns) {
        return new Listing<>(conflict, asOf, knownAt, position, items, next, columns);
    }

    /// The same, whose further pages are of the moment of this one: what is corrected meanwhile
    /// moves nothing from one page to another.
    public Listing<T> ofOneMoment() {
        URI further = next == null || knownAt == null ? next : Page.knownAt(next, knownAt);
        return new Listing<>(conflict, asOf, knownAt, position, items, further, table);
    }
}
