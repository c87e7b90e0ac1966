package parley.ledger.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.contract.LogPosition;
import parley.ledger.reconciliation.Past.Kept;
import parley.ledger.views.Positions.Stand;

/// What is kept of where a conflict stood.
class PastTest {
    private static final OffsetDateTime BEGINNING = OffsetDateTime.parse("2025-06-02T00:00:00Z");
    private static final int SECONDS = 100_000;
    private static final int LATE_MAX = 600;
    private static final long ROUGHLY = 4;

    @Test
    void whatComesMinutesLateFindsSomethingNotMuchOlderToGoOnFrom() {
        Past past = Past.NONE;
        for (int second = 0; second <= SECONDS; second++) {
            past = past.and(at(second));
        }

        assertThat(past.newestFirst()).hasSizeLessThanOrEqualTo(20);
        for (int late = 1; late <= LATE_MAX; late++) {
            assertThat(ageOfTheNewestBefore(late, past)).isLessThanOrEqualTo(ROUGHLY * late + 1);
        }
    }

    private static long ageOfTheNewestBefore(int late, Past past) {
        return past.newestFirst().stream()
                .mapToLong(it -> SECONDS - Duration.between(BEGINNING, it.held().at()).toSeconds())
                .filter(it -> it >= late)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    @Test
    void positionsOfOneMomentTakeNoMoreRoom() {
        Past past = Past.NONE;
        for (int position = 0; position < 100; position++) {
            past = past.and(at(0));
        }

        assertThat(past.newestFirst()).hasSizeLessThanOrEqualTo(5);
    }

    private static Kept at(int second) {
        OffsetDateTime moment = BEGINNING.plusSeconds(second);
        Held held = Held.nothing("ru-ua", null).moved(moment, List.of(), List.of());
        return new Kept(new Stand("books", LogPosition.START, moment), held);
    }
}
