package parley.ingest.statement;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import parley.contract.EventType;

/// What a publisher asks to have put on the log.
///
/// @param eventId the publisher's idempotency key, or null where it gave none
/// @param subject the id of what it is about, or null where ingest is to make one
public record Submission(
        EventType type, @Nullable String eventId, @Nullable String subject, JsonNode data) {}
