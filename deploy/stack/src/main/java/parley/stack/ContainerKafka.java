package parley.stack;

import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/// Kafka from its image.
final class ContainerKafka extends ContainerServer implements Kafka {
    private static final int PORT = 9092;

    private final KafkaContainer container;

    ContainerKafka() {
        this(new KafkaContainer(DockerImageName.parse(Versions.ofThisBuild().kafkaImage())));
    }

    private ContainerKafka(KafkaContainer container) {
        super(
                container
                        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                        .withEnv("KAFKA_LOG_RETENTION_MS", "-1"),
                PORT,
                "/opt/kafka/bin/kafka-broker-api-versions.sh",
                "--bootstrap-server",
                "localhost:9093");
        this.container = container;
    }

    @Override
    public String bootstrapServers() {
        return container.getBootstrapServers();
    }
}
