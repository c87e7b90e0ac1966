package parley.ingest.log;

import io.opentelemetry.context.Context;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import parley.contract.Envelope;

/// Puts events on the log.
@Singleton
public final class EventLog {
    private final Producers producers;
    private final Topics topics;
    private final RecordHeaders headers;
    private final Acknowledgements acknowledgements;

    EventLog(
            Producers producers,
            Topics topics,
            Acknowledgements acknowledgements,
            @ConfigProperty(name = "parley.public-url") String publicUrl) {
        this.producers = producers;
        this.topics = topics;
        this.acknowledgements = acknowledgements;
        this.headers = new RecordHeaders(publicUrl);
    }

    /// Sends an event. The answer comes when all in-sync replicas have it; it fails with a
    /// [LogUnavailableException] where that cannot be said within a few seconds.
    ///
    /// May wait for the broker's metadata, so it is not for an event loop.
    public CompletableFuture<Acknowledged> append(
            Envelope envelope, byte[] value, Context trace, Haste haste) {
        var answer = new CompletableFuture<Acknowledged>();
        if (!topics.areThere()) {
            answer.completeExceptionally(
                    new LogUnavailableException("The topics of the log are not known yet.", null));
            return answer;
        }
        long sent = System.nanoTime();
        try {
            var _ =
                    producers
                            .of(haste)
                            .send(
                                    headers.record(envelope, value, trace),
                                    (metadata, failure) -> {
                                        if (failure == null) {
                                            acknowledgements.acknowledged(sent);
                                            var where =
                                                    new Acknowledged(
                                                            envelope.type().topic(),
                                                            metadata.partition(),
                                                            metadata.offset());
                                            logPublished(envelope, where);
                                            answer.complete(where);
                                        } else {
                                            acknowledgements.failed(failure, sent);
                                            answer.completeExceptionally(
                                                    unavailable(envelope, failure));
                                        }
                                    });
        } catch (KafkaException | IllegalStateException refused) { // Or the producer is closed.
            acknowledgements.failed(refused, sent);
            answer.completeExceptionally(unavailable(envelope, refused));
        }
        return answer;
    }

    private static void logPublished(Envelope envelope, Acknowledged where) {
        if (Log.isDebugEnabled()) {
            try (EventFields _ = fields(envelope).at(where.partition(), where.offset())) {
                Log.debug("An event is on the log");
            }
        }
    }

    private static LogUnavailableException unavailable(Envelope envelope, Exception failure) {
        if (!(failure instanceof RetriableException)) {
            try (EventFields _ = fields(envelope)) {
                Log.errorf("The log refused an event, and trying again may not help: %s", failure);
            }
        }
        return new LogUnavailableException("The log did not acknowledge the event.", failure);
    }

    private static EventFields fields(Envelope envelope) {
        return new EventFields(envelope.id(), envelope.source(), envelope.type().topic().wire());
    }
}
