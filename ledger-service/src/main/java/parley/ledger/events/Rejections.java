package parley.ledger.events;

import io.quarkus.hibernate.orm.panache.PanacheQuery;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import parley.contract.Topic;
import parley.ledger.views.Moment;
import parley.ledger.views.Page;

/// What was rejected, newest first.
@ApplicationScoped
class Rejections {
    private static final String NEWEST_FIRST =
            " order by recordedAt desc, at.topic desc, at.partition desc, at.offset desc";

    List<ReadRecord> page(Moment moment, Page page) {
        var where = new StringBuilder("outcome = 'rejected'");
        var parameters = new HashMap<String, Object>();
        Instant knownAt = moment.knownAt();
        if (knownAt != null) {
            where.append(" and recordedAt <= :knownAt");
            parameters.put("knownAt", knownAt);
        }
        List<String> after = page.after(4);
        if (after != null) {
            where.append(
                    """
                     and (recordedAt < :at or recordedAt = :at and (at.topic < :topic
                          or at.topic = :topic and (at.partition < :partition
                          or at.partition = :partition and at.offset < :offset)))
                    """);
            try {
                parameters.put("at", Instant.parse(after.get(0)));
                parameters.put("topic", Topic.valueOf(after.get(1)));
                parameters.put("partition", Integer.valueOf(after.get(2)));
                parameters.put("offset", Long.valueOf(after.get(3)));
            } catch (java.time.DateTimeException | IllegalArgumentException notOurs) {
                throw Page.notOurs();
            }
        }
        PanacheQuery<ReadRecord> rejected = ReadRecord.find(where + NEWEST_FIRST, parameters);
        return rejected.range(0, page.limit()).list();
    }

    static List<String> key(ReadRecord read) {
        return List.of(
                read.recordedAt.toString(),
                read.at.topic().name(),
                String.valueOf(read.at.partition()),
                String.valueOf(read.at.offset()));
    }
}
