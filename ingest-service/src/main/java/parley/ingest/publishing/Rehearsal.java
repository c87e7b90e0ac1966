package parley.ingest.publishing;

import org.jspecify.annotations.Nullable;

/// What the sender of an event gets that is only to be checked: nothing was published.
///
/// @param eventId as the sender gave it; null: one is made when it is sent
/// @param subject the id of what it is about; null: one is made when it is sent
/// @param dryRun always true
public record Rehearsal(@Nullable String eventId, @Nullable String subject, boolean dryRun) {}
