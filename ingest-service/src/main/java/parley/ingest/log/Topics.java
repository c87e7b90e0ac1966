package parley.ingest.log;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import parley.contract.Topic;

/// Sees to it at start that the topics are there, and says where they are not as they should be.
///
/// Until then nothing is sent: a broker might make a missing topic by itself, with settings that
/// lose events.
@Singleton
public final class Topics {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Map<String, Object> brokers;
    private final TopicsConfig config;
    private final Producers producers;
    private volatile boolean areThere;
    private volatile boolean stopping;

    Topics(
            @Identifier("default-kafka-broker") Map<String, Object> brokers,
            TopicsConfig config,
            Producers producers) {
        this.brokers = brokers;
        this.config = config;
        this.producers = producers;
    }

    /// Whether all topics are known to be there, to those who send to them, too.
    public boolean areThere() {
        return areThere;
    }

    void start(@Observes StartupEvent start) {
        Thread.ofPlatform().name("topics").daemon().start(this::seeToThem);
    }

    void stop(@Observes ShutdownEvent stop) {
        stopping = true;
    }

    private void seeToThem() {
        String told = "";
        while (!areThere && !stopping) {
            String missing = attempt();
            if (!missing.isEmpty() && !missing.equals(told)) {
                Log.warn(missing);
                told = missing;
            }
            if (!areThere) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /// What keeps the topics from being there, or nothing.
    private String attempt() {
        var settings = new HashMap<>(brokers);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        try (Admin admin = Admin.create(settings)) {
            List<Topic> missing = missing(admin);
            if (!missing.isEmpty() && !config.create()) {
                return "Topics are missing and parley.topics.create is false; waiting for: "
                        + missing.stream().map(Topic::wire).toList();
            }
            create(admin, missing);
            producers.learnTopics();
            areThere = true;
            compare(admin);
            return "";
        } catch (ExecutionException
                | KafkaException
                | IllegalStateException away) { // Or a producer is closed.
            Throwable cause = away instanceof ExecutionException ? away.getCause() : away;
            return "The log cannot be reached; trying again every second: " + cause;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static List<Topic> missing(Admin admin)
            throws ExecutionException, InterruptedException {
        Set<String> names = admin.listTopics().names().get();
        return Arrays.stream(Topic.values())
                .filter(topic -> !names.contains(topic.wire()))
                .toList();
    }

    private void create(Admin admin, List<Topic> missing)
            throws ExecutionException, InterruptedException {
        List<NewTopic> wanted =
                missing.stream().map(topic -> TopicSettings.wanted(topic, config)).toList();
        for (var creation : admin.createTopics(wanted).values().entrySet()) {
            try {
                creation.getValue().get();
                Log.infof("Made the topic %s", creation.getKey());
            } catch (ExecutionException failed) {
                if (!(failed.getCause() instanceof TopicExistsException)) { // A replica was faster.
                    throw failed;
                }
            }
        }
    }

    private void compare(Admin admin) throws ExecutionException, InterruptedException {
        for (Topic topic : Topic.values()) {
            var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.wire());
            Map<String, TopicDescription> found =
                    admin.describeTopics(List.of(topic.wire())).allTopicNames().get();
            Map<ConfigResource, Config> settings =
                    admin.describeConfigs(List.of(resource)).all().get();
            List<String> differences =
                    TopicSettings.differences(
                            topic,
                            config,
                            found.values().iterator().next(),
                            settings.values().iterator().next());
            if (!differences.isEmpty()) {
                Log.warnf(
                        "The topic %s is not as the contract wants it: %s",
                        topic.wire(), String.join("; ", differences));
            }
        }
    }
}
