package parley.local;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.TopicPartition;

/// Who reads which partitions, as the broker knows it.
final class Shares implements AutoCloseable {
    private final Admin admin;
    private final String group;

    /// @param group as the ledger names it, with the number of its generation
    Shares(Ports ports, String group) {
        this.admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                "127.0.0.1:" + ports.kafka()));
        this.group = group;
    }

    /// By the id of the client.
    ///
    /// @throws ExecutionException where the group is not there yet
    Map<String, Set<TopicPartition>> now() throws ExecutionException, InterruptedException {
        return admin
                .describeConsumerGroups(Set.of(group))
                .all()
                .get()
                .values()
                .iterator()
                .next()
                .members()
                .stream()
                .collect(
                        Collectors.toMap(
                                MemberDescription::clientId,
                                member -> member.assignment().topicPartitions()));
    }

    @Override
    public void close() {
        admin.close();
    }
}
