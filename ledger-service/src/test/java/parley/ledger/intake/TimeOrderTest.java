package parley.ledger.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class TimeOrderTest {
    private static final TopicPartition ONE = new TopicPartition("exchange-events", 0);
    private static final TopicPartition OTHER = new TopicPartition("claim-events", 0);
    private static final Set<TopicPartition> BOTH = Set.of(ONE, OTHER);

    private static final int MAX = 4;

    private final TimeOrder order = new TimeOrder();

    @Test
    void nothingIsGivenThatIsLaterThanWhatAnotherPartitionMayStillSay() {
        polled(Map.of(ONE, List.of(10L, 20L, 30L), OTHER, List.of(15L, 20L)));

        assertThat(order.ahead(BOTH)).containsExactly(ONE);
        assertThat(order.count(BOTH)).isEqualTo(2);
        assertThat(next(BOTH)).isEqualTo(Map.of(ONE, List.of(10L), OTHER, List.of(15L)));
        assertThat(order.from(ONE)).isEqualTo(OptionalLong.of(1));
    }

    @Test
    void aPartitionThatHasNothingYetIsAwaited() {
        polled(Map.of(ONE, List.of(10L)));

        assertThat(next(BOTH)).isEqualTo(Map.of(ONE, List.of()));
    }

    @Test
    void aPartitionThatIsReadToItsEndIsNotAwaited() {
        polled(Map.of(ONE, List.of(10L), OTHER, List.of(5L)));

        assertThat(next(Set.of())).isEqualTo(Map.of(ONE, List.of(10L), OTHER, List.of(5L)));
        assertThat(order.isEmpty()).isTrue();
        assertThat(order.from(OTHER)).isEmpty();
    }

    @Test
    void aClockThatWentBackHoldsUpNobody() {
        polled(Map.of(ONE, List.of(50L, 10L, 70L), OTHER, List.of(60L)));

        assertThat(next(BOTH)).isEqualTo(Map.of(ONE, List.of(50L, 10L), OTHER, List.of()));
    }

    @Test
    void noMoreIsGivenThanIsWantedAndTheEarliestFirst() {
        polled(Map.of(ONE, List.of(10L, 30L, 50L), OTHER, List.of(20L, 40L)));

        assertThat(next(Set.of()))
                .isEqualTo(Map.of(ONE, List.of(10L, 30L), OTHER, List.of(20L, 40L)));
        assertThat(next(Set.of())).isEqualTo(Map.of(ONE, List.of(50L)));
    }

    @Test
    void whatIsReadAnewIsForgotten() {
        polled(Map.of(ONE, List.of(10L), OTHER, List.of(20L)));

        order.forget(Set.of(ONE));

        assertThat(next(Set.of())).isEqualTo(Map.of(OTHER, List.of(20L)));
    }

    private void polled(Map<TopicPartition, List<Long>> times) {
        var records = new LinkedHashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
        times.forEach(
                (partition, of) ->
                        records.put(
                                partition,
                                IntStream.range(0, of.size())
                                        .mapToObj(
                                                offset -> record(partition, offset, of.get(offset)))
                                        .toList()));
        order.add(new ConsumerRecords<>(records, Map.of()));
    }

    private static ConsumerRecord<byte[], byte[]> record(
            TopicPartition partition, int offset, long time) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                time,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                new byte[0],
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
    }

    private Map<TopicPartition, List<Long>> next(Set<TopicPartition> awaited) {
        var next = new LinkedHashMap<TopicPartition, List<Long>>();
        order.next(awaited, MAX)
                .forEach(
                        (partition, records) ->
                                next.put(
                                        partition,
                                        records.stream().map(ConsumerRecord::timestamp).toList()));
        return next;
    }
}
