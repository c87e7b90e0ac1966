package parley.ingest.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import parley.contract.Topic;

/// How the contract wants a topic to be kept.
final class TopicSettings {
    private static final String FOR_EVER = "-1";

    private TopicSettings() {}

    static NewTopic wanted(Topic topic, TopicsConfig config) {
        return new NewTopic(
                        topic.wire(),
                        Optional.of(topic == Topic.CONFLICTS ? 1 : config.partitions()),
                        Optional.of(config.replicationFactor()))
                .configs(settings(topic, config));
    }

    private static Map<String, String> settings(Topic topic, TopicsConfig config) {
        var settings = new TreeMap<String, String>();
        // What was known when is told by when the log had it, not by a sender's clock.
        settings.put("message.timestamp.type", "LogAppendTime");
        settings.put("min.insync.replicas", String.valueOf(config.minInSyncReplicas()));
        // A body of 1 MiB with its headers.
        settings.put("max.message.bytes", "2097152");
        settings.put("retention.ms", FOR_EVER);
        settings.put("retention.bytes", FOR_EVER);
        if (topic == Topic.CONFLICTS) {
            settings.put("cleanup.policy", "compact");
            // A permalink to an earlier day rests on the definition of that day: compaction may
            // not take it away, so it never comes to pass.
            settings.put("min.compaction.lag.ms", String.valueOf(Long.MAX_VALUE));
        } else {
            settings.put("cleanup.policy", "delete");
        }
        return settings;
    }

    /// What differs from the settings that are wanted, a phrase each.
    static List<String> differences(
            Topic topic, TopicsConfig config, TopicDescription found, Config settings) {
        var differences = new ArrayList<String>();
        NewTopic wanted = wanted(topic, config);
        if (found.partitions().size() != wanted.numPartitions()) {
            differences.add(
                    "partitions is %d rather than %d"
                            .formatted(found.partitions().size(), wanted.numPartitions()));
        }
        int replicas = found.partitions().getFirst().replicas().size();
        if (replicas != wanted.replicationFactor()) {
            differences.add(
                    "replication factor is %d rather than %d"
                            .formatted(replicas, wanted.replicationFactor()));
        }
        settings(topic, config)
                .forEach(
                        (name, value) -> {
                            ConfigEntry entry = settings.get(name);
                            String actual = entry == null ? "unknown" : entry.value();
                            if (!value.equals(actual)) {
                                differences.add(
                                        "%s is %s rather than %s".formatted(name, actual, value));
                            }
                        });
        return differences;
    }
}
