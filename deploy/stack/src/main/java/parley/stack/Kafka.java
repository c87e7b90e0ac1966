package parley.stack;

/// A Kafka cluster of one broker. It makes no topic that nobody has created.
public interface Kafka extends Server {
    String bootstrapServers();
}
