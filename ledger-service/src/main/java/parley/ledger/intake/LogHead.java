package parley.ledger.intake;

import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import parley.contract.LogPosition;
import parley.contract.LogPosition.Partition;
import parley.contract.Topic;

/// Where the log ends: what the lag is measured against.
@ApplicationScoped
public class LogHead {
    private static final int PATIENCE_MILLIS = 3_000;

    private final Admin admin;

    LogHead(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        var configuration = new HashMap<>(kafka);
        configuration.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        configuration.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        this.admin = Admin.create(configuration);
    }

    @PreDestroy
    void close() {
        admin.close();
    }

    /// The position behind the newest record of every partition; topics that do not exist yet have
    /// none.
    ///
    /// @throws LogAwayException where the broker does not answer in time
    public LogPosition position() {
        LogPosition position = LogPosition.START;
        for (End end : ends()) {
            position = position.with(end.partition.topic(), end.partition.partition(), end.offset);
        }
        return position;
    }

    /// Where a partition ends, though it be empty.
    public record End(Partition partition, long offset) {}

    /// The end of every partition; topics that do not exist yet have none.
    ///
    /// @throws LogAwayException where the broker does not answer in time
    public List<End> ends() {
        return endOffsets().entrySet().stream()
                .map(
                        end ->
                                new End(
                                        new Partition(
                                                Topic.of(end.getKey().topic()).orElseThrow(),
                                                end.getKey().partition()),
                                        end.getValue().offset()))
                .toList();
    }

    private Map<TopicPartition, ListOffsetsResultInfo> endOffsets() {
        try {
            var asked = new HashMap<TopicPartition, OffsetSpec>();
            var names = admin.listTopics().names().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            var topics = Arrays.stream(Topic.values()).map(Topic::wire).filter(names::contains);
            for (TopicDescription topic :
                    admin.describeTopics(topics.toList())
                            .allTopicNames()
                            .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                            .values()) {
                topic.partitions()
                        .forEach(
                                it ->
                                        asked.put(
                                                new TopicPartition(topic.name(), it.partition()),
                                                OffsetSpec.latest()));
            }
            return admin.listOffsets(asked).all().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException away) {
            throw new LogAwayException(away);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LogAwayException(interrupted);
        }
    }
}
