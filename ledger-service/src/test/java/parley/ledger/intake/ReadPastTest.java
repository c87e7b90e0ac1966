package parley.ledger.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.contract.LogPosition;
import parley.contract.LogPosition.Partition;
import parley.contract.Topic;
import parley.ledger.intake.ReadPast.Look;
import parley.ledger.intake.ReadPast.Read;

/// When nothing can come any more of what the log took by a moment.
class ReadPastTest {
    private static final Instant MOMENT = Instant.parse("2025-07-17T12:00:00Z");
    private static final Instant LATER = MOMENT.plusMillis(1);
    private static final Partition ONE = new Partition(Topic.EXCHANGE_EVENTS, 0);
    private static final Partition OTHER = new Partition(Topic.CLAIM_EVENTS, 2);

    private final Map<Partition, Read> read = new HashMap<>();

    @Test
    void aPartitionThatWasReadToItsEndIsReadPast() {
        read.put(ONE, new Read(5, MOMENT));

        assertThat(isCovered(end(ONE, 5))).isTrue();
    }

    @Test
    void aPartitionOfWhichALaterRecordWasReadIsReadPast() {
        read.put(ONE, new Read(5, LATER));

        assertThat(isCovered(end(ONE, 9))).isTrue();
    }

    @Test
    void aRecordOfTheVeryMomentMayBeFollowedByAnother() {
        read.put(ONE, new Read(5, MOMENT));

        assertThat(isCovered(end(ONE, 6))).isFalse();
    }

    @Test
    void aPartitionThatWasNeverReadCounts() {
        read.put(ONE, new Read(5, LATER));

        assertThat(isCovered(end(ONE, 5).and(end(OTHER, 1)))).isFalse();
    }

    @Test
    void onePartitionDoesNotSpeakForAnother() {
        read.put(ONE, new Read(5, LATER));
        read.put(OTHER, new Read(1, MOMENT));

        assertThat(isCovered(end(ONE, 5).and(end(OTHER, 2)))).isFalse();
    }

    @Test
    void anEmptyPartitionHidesNothing() {
        assertThat(isCovered(LogPosition.START.with(ONE.topic(), ONE.partition(), 0))).isTrue();
    }

    private boolean isCovered(LogPosition end) {
        return ReadPast.covers(read, new Look(LATER, end), MOMENT);
    }

    private static LogPosition end(Partition partition, long offset) {
        return LogPosition.START.with(partition.topic(), partition.partition(), offset);
    }
}
