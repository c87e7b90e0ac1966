package parley.ingest.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventIdsTest {
    private static final Instant NOW = Instant.parse("2025-07-17T12:00:00Z");

    private final EventIds ids = new EventIds(InstantSource.fixed(NOW));

    @Test
    void aFreshIdIsAUuidOfVersion7ThatHoldsTheTime() {
        UUID id = UUID.fromString(ids.fresh());

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void noFreshIdComesTwice() {
        var seen = new HashSet<String>();
        for (int count = 0; count < 10_000; count++) {
            seen.add(ids.fresh());
        }

        assertThat(seen).hasSize(10_000);
    }

    /// Written out: another version of this service must make the same id of the same key.
    @Test
    void aKeyGivesTheSameIdForEver() {
        String id = ids.derived("paper", "exchange", "key-1");

        assertThat(id).isEqualTo("f61b0ffc-5ebe-82f8-ab5c-9e336f901fd4");
        assertThat(UUID.fromString(id).version()).isEqualTo(8);
    }

    @Test
    void anotherPublisherKindOrKeyGivesAnotherId() {
        assertThat(
                        new HashSet<>(
                                List.of(
                                        ids.derived("paper", "exchange", "key-1"),
                                        ids.derived("other", "exchange", "key-1"),
                                        ids.derived("paper", "claim", "key-1"),
                                        ids.derived("paper", "exchange", "key-2"))))
                .hasSize(4);
    }
}
