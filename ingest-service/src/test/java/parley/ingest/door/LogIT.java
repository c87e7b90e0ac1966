package parley.ingest.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import parley.ingest.door.Newsroom.Answer;
import parley.stack.Kafka;

/// How the service stands with its log: topics, other writers, and a broker that goes away.
@QuarkusTest
@QuarkusTestResource(LogAndKeys.class)
class LogIT {
    @Nullable Kafka kafka;

    private final Newsroom paper = Newsroom.publisher("paper");
    private final Newsroom editor = Newsroom.editor();

    @Test
    void topicsAreMadeAsTheContractWantsThem() throws Exception {
        Ready.await();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", LogReader.brokers()))) {
            var topics =
                    admin.describeTopics(List.of("conflicts", "exchange-events", "claim-events"))
                            .allTopicNames()
                            .get();
            assertThat(topics.values())
                    .extracting(topic -> topic.name() + " " + topic.partitions().size())
                    .containsExactlyInAnyOrder(
                            "conflicts 1", "exchange-events 3", "claim-events 3");
            for (String topic : topics.keySet()) {
                var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
                Config config =
                        admin.describeConfigs(List.of(resource))
                                .all()
                                .get()
                                .values()
                                .iterator()
                                .next();
                assertThat(config.get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
                assertThat(config.get("retention.ms").value()).isEqualTo("-1");
                assertThat(config.get("retention.bytes").value()).isEqualTo("-1");
                assertThat(config.get("cleanup.policy").value())
                        .isEqualTo(topic.equals("conflicts") ? "compact" : "delete");
            }
        }
    }

    @Test
    void whatAnotherReplicaDefinesIsSeenAtOnce() throws Exception {
        Ready.await();
        var report = Bodies.exchange("").replace("ru-ua", "elsewhere");
        assertThat(paper.post("/v1/exchanges", report).status()).isEqualTo(422);

        define("elsewhere", "publisher", Bodies.CONFLICT);
        define("elsewhere", "editor", "garbage");
        assertThat(paper.post("/v1/exchanges", report).status()).isEqualTo(422);
        define("elsewhere", "editor", Bodies.CONFLICT);

        assertThat(paper.post("/v1/exchanges", report).status()).isEqualTo(202);
    }

    @Test
    void whileTheBrokerIsAwayNothingIsAcceptedAndAfterwardsEverythingIs() {
        Ready.await();
        assertThat(editor.put("/v1/conflicts/ru-ua", Bodies.CONFLICT).status()).isEqualTo(202);
        Kafka broker = Objects.requireNonNull(kafka);
        String stream =
                Bodies.event("\"type\":\"claim.made\",\"subject\":\"c-1\"", Bodies.claim(""))
                        + "\n";

        broker.stop();
        Answer away = paper.post("/v1/exchanges", Bodies.exchange(""), "Idempotency-Key", "k");
        Answer streamAway =
                paper.send("POST", "/v1/events", "application/x-ndjson", "{}\n" + stream.repeat(3));
        Answer unknownAway =
                paper.post("/v1/exchanges", Bodies.exchange("").replace("ru-ua", "who-knows"));
        broker.start();

        assertThat(away.status()).isEqualTo(503);
        assertThat(unknownAway.status()).isEqualTo(503);
        assertThat(away.header("Retry-After")).isNotEmpty();
        assertThat(away.at("/type").asText()).isEqualTo("/v1/problems/log-unavailable");
        assertThat(streamAway.status()).isEqualTo(503);
        assertThat(streamAway.at("/accepted").asInt()).isZero();
        assertThat(streamAway.at("/rejected").asInt()).isEqualTo(1);
        assertThat(streamAway.at("/unacknowledged").asInt()).isPositive();
        assertThat(streamAway.at("/resendFromLine").asInt()).isEqualTo(2);
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                paper.post(
                                                        "/v1/exchanges",
                                                        Bodies.exchange(""),
                                                        "Idempotency-Key",
                                                        "k")
                                                .status()
                                        == 202);
        assertThat(paper.send("POST", "/v1/events", "application/x-ndjson", stream).status())
                .isEqualTo(200);
        Ready.await();
    }

    private static void define(String conflict, String authority, String definition)
            throws Exception {
        try (var producer =
                new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", LogReader.brokers()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            var record = new ProducerRecord<>("conflicts", conflict, definition.getBytes(UTF_8));
            record.headers()
                    .add("ce_type", "conflict.defined".getBytes(UTF_8))
                    .add("ce_authority", authority.getBytes(UTF_8));
            producer.send(record).get();
        }
    }
}
