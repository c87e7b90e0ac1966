package parley.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Kafka kafka;

    @BeforeAll
    void start() {
        kafka = TestServers.kafka();
    }

    @AfterAll
    void close() {
        kafka.close();
    }

    @Test
    void whatWasAcknowledgedIsThereAfterAKillAndAtTheSameAddress() throws Exception {
        create("killed");
        send("killed", "before");
        var address = kafka.bootstrapServers();

        kafka.kill();
        kafka.start();
        send("killed", "after");

        assertThat(kafka.bootstrapServers()).isEqualTo(address);
        assertThat(read("killed", 2)).containsExactly("before", "after");
    }

    @Test
    void whatWasAcknowledgedIsThereAfterAnOrderlyStop() throws Exception {
        create("stopped");
        send("stopped", "before");

        kafka.stop();
        kafka.start();

        assertThat(read("stopped", 1)).containsExactly("before");
    }

    @Test
    void aTopicThatNobodyCreatedIsAnError() {
        try (var admin = Admin.create(client())) {
            var description = admin.describeTopics(List.of("misspelt")).allTopicNames();

            assertThatThrownBy(description::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    private void create(String topic) throws Exception {
        try (var admin = Admin.create(client())) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private void send(String topic, String value) throws Exception {
        var text = new StringSerializer();
        try (var producer = new KafkaProducer<>(client(), text, text)) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    private List<String> read(String topic, int count) {
        var text = new StringDeserializer();
        var partition = new TopicPartition(topic, 0);
        try (var consumer = new KafkaConsumer<>(client(), text, text)) {
            consumer.assign(List.of(partition));
            return Awaitility.await()
                    .atMost(PATIENCE)
                    .until(
                            () -> {
                                consumer.seekToBeginning(List.of(partition));
                                var values = new java.util.ArrayList<String>();
                                consumer.poll(Duration.ofSeconds(1))
                                        .forEach(r -> values.add(r.value()));
                                return values;
                            },
                            values -> values.size() == count);
        }
    }

    private Properties client() {
        var client = new Properties();
        client.putAll(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        return client;
    }
}
