package parley.ledger.generations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import parley.contract.LogPosition;
import parley.contract.Topic;

class PaceTest {
    private final Pace pace = new Pace();

    @Test
    void theRateIsTheRecordsOfAllPartitionsBySeconds() {
        seen(10_000, 100, 0);
        seen(11_500, 300, 70);
        seen(14_000, 500, 200);

        assertThat(pace.rate()).isEqualTo((400 + 200) / 4.0);
    }

    @Test
    void onlyTheNewestTenLooksCount() {
        for (int second = 0; second <= 20; second++) {
            seen(second * 1_000L, second < 11 ? 0 : (second - 11) * 50L, 0);
        }

        assertThat(pace.rate()).isEqualTo(50);
    }

    @Test
    void beforeTwoLooksThereIsNoRate() {
        assertThat(pace.rate()).isZero();
        seen(0, 5, 5);
        assertThat(pace.rate()).isZero();
    }

    @Test
    void whatIsLeftTakesWholeSecondsAtThatRate() {
        assertThat(Pace.secondsLeft(1_000L, 100)).isEqualTo(10);
        assertThat(Pace.secondsLeft(1_001L, 100)).isEqualTo(11);
        assertThat(Pace.secondsLeft(1L, 0.25)).isEqualTo(4);
    }

    @Test
    void nothingIsLeftOnceItHasCaughtUpHoweverSlowTheLogGrows() {
        assertThat(Pace.secondsLeft(0L, 0)).isZero();
    }

    @Test
    void howLongItTakesCannotBeToldWhileItStandsStillOrKafkaIsAway() {
        assertThat(Pace.secondsLeft(5L, 0)).isNull();
        assertThat(Pace.secondsLeft(null, 100)).isNull();
    }

    private void seen(long millis, long exchangeEvents, long claimEvents) {
        pace.seen(
                Duration.ofMillis(millis).toNanos(),
                LogPosition.START
                        .with(Topic.EXCHANGE_EVENTS, 0, exchangeEvents)
                        .with(Topic.CLAIM_EVENTS, 2, claimEvents));
    }
}
