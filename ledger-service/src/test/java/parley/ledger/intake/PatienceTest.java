package parley.ledger.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final TopicPartition ONE = new TopicPartition("exchange-events", 0);
    private static final TopicPartition OTHER = new TopicPartition("claim-events", 0);
    private static final Set<TopicPartition> BOTH = Set.of(ONE, OTHER);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(2);

    private final Patience patience = new Patience();

    @Test
    void aPartitionIsAwaitedUntilItIsReadToItsEnd() {
        assertThat(patience.isFor(ONE, false)).isTrue();
        assertThat(patience.isFor(ONE, true)).isFalse();
    }

    @Test
    void anEndThatWasToldBeforeALongBatchIsNoneUntilThePartitionIsAskedAgain() {
        patience.outdate(BOTH);

        assertThat(patience.isFor(ONE, true)).isTrue();

        patience.polled(Set.of(OTHER), BOTH, SHORT);
        assertThat(patience.isFor(OTHER, true)).isFalse();
        assertThat(patience.isFor(ONE, true)).isTrue();

        patience.polled(Set.of(), Set.of(ONE), Duration.ofMillis(150));
        assertThat(patience.isFor(ONE, true)).isFalse();
    }

    @Test
    void aPartitionWhoseLeaderIsAwayIsNotAwaitedForEver() {
        patience.polled(Set.of(), Set.of(ONE), LONG);

        assertThat(patience.isFor(ONE, false)).isFalse();
        assertThat(patience.isFor(OTHER, false)).isTrue();

        patience.polled(Set.of(ONE), BOTH, SHORT);
        assertThat(patience.isFor(ONE, false)).isTrue();
    }

    @Test
    void aPartitionThatOnlyWaitsForItsTurnIsNotTakenToBeAway() {
        patience.polled(Set.of(OTHER), BOTH, LONG);

        assertThat(patience.isFor(ONE, false)).isTrue();
    }

    @Test
    void whatIsReadAnewIsAwaitedAnew() {
        patience.polled(Set.of(), Set.of(ONE), LONG);

        patience.forget(Set.of(ONE));

        assertThat(patience.isFor(ONE, false)).isTrue();
    }
}
