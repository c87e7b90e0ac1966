package parley.ingest.log;

import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.Producer;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import parley.contract.Topic;

/// Those who send events: one for each haste, so that a backlog keeps no single event waiting.
@Singleton
final class Producers {
    private final KafkaClientService clients;
    private final Map<Haste, Producer<String, byte[]>> producers = new ConcurrentHashMap<>();

    /// The emitters are never used: they are there so that the channels, with their configuration,
    /// metrics and life cycle, exist. Sending by the producer itself carries twice as much.
    Producers(
            @Any KafkaClientService clients,
            @Channel("events") Emitter<byte[]> events,
            @Channel("bulk-events") Emitter<byte[]> bulkEvents) {
        this.clients = clients;
    }

    /// The client looks a channel up among all, which shows where it is done for each event.
    Producer<String, byte[]> of(Haste haste) {
        return producers.computeIfAbsent(
                haste, kind -> clients.<String, byte[]>getProducer(kind.channel()).unwrap());
    }

    /// Lets each of them learn where the topics are, so that no first event waits for that. Throws
    /// a [org.apache.kafka.common.KafkaException] where the broker does not tell in time.
    void learnTopics() {
        for (Haste haste : Haste.values()) {
            for (Topic topic : Topic.values()) {
                of(haste).partitionsFor(topic.wire());
            }
        }
    }
}
