package parley.bench.peer;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import parley.bench.fold.Binary;
import parley.bench.fold.CaseState;
import parley.bench.fold.Line;
import parley.bench.fold.Said;
import parley.bench.fold.Said.Claimed;
import parley.bench.fold.Totals;
import parley.bench.lab.Peer;
import parley.contract.Topic;

/// The per-side totals by Kafka Streams: a table of cases by exchange, to which claims go over by a
/// repartition topic, and a table of totals to which each case's lines are added, and from which
/// they are taken when the case changes. Exactly once, on RocksDB.
///
/// It keeps the present only: no history, no reasons, nothing to trace a total by.
public final class StreamsFold {
    private static final int THREADS = 2;
    private static final String CACHE_BYTES = "134217728";

    private StreamsFold() {}

    /// `TOLD BOOTSTRAP_SERVERS APPLICATION TOTALS_TOPIC STATE PARTITIONS`
    public static void main(String... arguments) throws Exception {
        var streams =
                new KafkaStreams(
                        topology(arguments[3], Integer.parseInt(arguments[5])),
                        settings(arguments[1], arguments[2], arguments[4]));
        Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
        streams.setUncaughtExceptionHandler(
                failure -> {
                    failure.printStackTrace();
                    return StreamThreadExceptionResponse.SHUTDOWN_APPLICATION;
                });
        streams.start();
        Peer.tell(Path.of(arguments[0]), "started");
    }

    static Topology topology(String totalsTopic, int partitions) {
        var builder = new StreamsBuilder();
        KStream<String, Said> exchanges =
                said(builder, Topic.EXCHANGE_EVENTS).filter((_, said) -> said != null);
        KStream<String, Said> claims =
                said(builder, Topic.CLAIM_EVENTS)
                        .filter((_, said) -> said instanceof Claimed)
                        .map((_, said) -> KeyValue.pair(said.exchange(), (Claimed) said))
                        .repartition(
                                Repartitioned.with(
                                                Serdes.String(), serde(Binary::of, Binary::claimed))
                                        .withName("claims")
                                        .withNumberOfPartitions(partitions))
                        .mapValues(claimed -> claimed);
        KTable<String, CaseState> cases =
                exchanges
                        .merge(claims)
                        .groupByKey()
                        .aggregate(
                                () -> CaseState.UNHEARD_OF,
                                (_, said, state) -> state.after(said),
                                Materialized.<String, CaseState, KeyValueStore<Bytes, byte[]>>as(
                                                "cases")
                                        .withKeySerde(Serdes.String())
                                        .withValueSerde(serde(Binary::of, Binary::caseState)));
        cases.groupBy(
                        (_, state) -> KeyValue.pair(state.conflict(), state.lines()),
                        Grouped.with(
                                "lines",
                                Serdes.String(),
                                StreamsFold.<List<Line>>serde(Binary::of, Binary::lines)))
                .aggregate(
                        () -> Totals.NOTHING,
                        (_, lines, totals) -> totals.plus(lines),
                        (_, lines, totals) -> totals.minus(lines),
                        Materialized.<String, Totals, KeyValueStore<Bytes, byte[]>>as("totals")
                                .withKeySerde(Serdes.String())
                                .withValueSerde(serde(Binary::of, Binary::totals)))
                .toStream()
                .to(totalsTopic, Produced.with(Serdes.String(), serde(Binary::of, Binary::totals)));
        return builder.build();
    }

    private static KStream<String, Said> said(StreamsBuilder builder, Topic topic) {
        return builder.stream(topic.wire(), Consumed.with(Serdes.String(), Serdes.ByteArray()))
                .processValues(Reading::new);
    }

    /// Only a processor sees the headers and the coordinates.
    private static final class Reading extends ContextualFixedKeyProcessor<String, byte[], Said> {
        @Override
        public void process(FixedKeyRecord<String, byte[]> record) {
            var metadata = context().recordMetadata().orElseThrow();
            Headers headers = record.headers();
            var at = new Said.At(record.timestamp(), metadata.partition(), metadata.offset());
            Said said = Said.of(record.key(), headers, record.value(), at);
            if (said != null) {
                context().forward(record.withValue(said));
            }
        }
    }

    private static <T> Serde<T> serde(Function<T, byte[]> write, Function<byte[], T> read) {
        return Serdes.serdeFrom(
                (_, value) -> value == null ? null : write.apply(value),
                (_, bytes) -> bytes == null ? null : read.apply(bytes));
    }

    private static Properties settings(String bootstrapServers, String application, String state) {
        var settings = new Properties();
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, THREADS);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        // Rarer than the 100 ms by default: it gains throughput, as the ledger's batches do.
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "1000");
        settings.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), "5000");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), "131072");
        return settings;
    }
}
