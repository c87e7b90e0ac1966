package parley.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;
import parley.contract.Topic;

class TopicSettingsTest {
    private static final TopicsConfig CONFIG = new Defaults();

    @Test
    void aTopicAsItWasMadeDiffersInNothing() {
        assertThat(differences(Topic.CLAIM_EVENTS, 12, Map.of())).isEmpty();
        assertThat(differences(Topic.CONFLICTS, 1, Map.of())).isEmpty();
    }

    @Test
    void whatDiffersIsSaidWithWhatIsWanted() {
        assertThat(
                        differences(
                                Topic.EXCHANGE_EVENTS,
                                6,
                                Map.of(
                                        "retention.ms", "604800000",
                                        "message.timestamp.type", "CreateTime")))
                .containsExactly(
                        "partitions is 6 rather than 12",
                        "message.timestamp.type is CreateTime rather than LogAppendTime",
                        "retention.ms is 604800000 rather than -1");
    }

    @Test
    void definitionsOfConflictsAreCompactedInNameOnly() {
        assertThat(TopicSettings.wanted(Topic.CONFLICTS, CONFIG).configs())
                .containsEntry("cleanup.policy", "compact")
                .containsEntry("min.compaction.lag.ms", String.valueOf(Long.MAX_VALUE));
    }

    private static List<String> differences(
            Topic topic, int partitions, Map<String, String> changed) {
        var node = new Node(1, "localhost", 9092);
        var parts = new ArrayList<TopicPartitionInfo>();
        for (int number = 0; number < partitions; number++) {
            parts.add(new TopicPartitionInfo(number, node, List.of(node), List.of(node)));
        }
        var settings = new HashMap<>(TopicSettings.wanted(topic, CONFIG).configs());
        settings.putAll(changed);
        return TopicSettings.differences(
                topic,
                CONFIG,
                new TopicDescription(topic.wire(), false, parts),
                new Config(
                        settings.entrySet().stream()
                                .map(entry -> new ConfigEntry(entry.getKey(), entry.getValue()))
                                .toList()));
    }

    private record Defaults() implements TopicsConfig {
        @Override
        public boolean create() {
            return true;
        }

        @Override
        public int partitions() {
            return 12;
        }

        @Override
        public short replicationFactor() {
            return 1;
        }

        @Override
        public int minInSyncReplicas() {
            return 1;
        }
    }
}
