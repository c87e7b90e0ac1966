package parley.ledger.views;

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
public record Listing<T>(
        @Nullable String conflict,
        @Nullable LocalDate asOf,
        @Nullable Instant knownAt,
        String position,
        List<T> items,
        @Nullable URI next)
        implements View {}
