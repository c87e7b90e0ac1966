package parley.ledger.events;

import io.quarkus.hibernate.orm.panache.PanacheQuery;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.contract.Topic;
import parley.ledger.views.Moment;
import parley.ledger.views.Page;
import parley.ledger.views.Reader;

/// What was rejected, newest first.
@ApplicationScoped
class Rejections {
    private static final String NEWEST_FIRST =
            " order by it.recordedAt desc, it.at.topic desc, it.at.partition desc,"
                    + " it.at.offset desc";

    private static final String STILL_HELD =
            """
            from ReadRecord it
            where it.outcome = 'rejected' and it.outcomeFrom <= :knownAt
            """;
    private static final String FORMERLY_HELD =
            """
            select it from ReadRecord it
            join it.former held
            where held.outcome = 'rejected' and held.knownFrom <= :knownAt
                  and held.knownTo > :knownAt
            """;
    private static final String NEWEST =
            """
            select greatest((select max(outcome_from) from event where outcome = 'rejected'),
                            (select max(known_to) from former_outcome
                             where outcome = 'rejected')) as newest
            """;

    private final Reader reader;

    Rejections(Reader reader) {
        this.reader = reader;
    }

    /// What was rejected by that moment, and not yet turned: one more than the page wants.
    List<ReadRecord> page(Moment moment, Page page) {
        Instant knownAt = moment.knownAt();
        if (knownAt == null) {
            return records("from ReadRecord it where it.outcome = 'rejected'", Map.of(), page);
        }
        Map<String, Object> at = Map.of("knownAt", knownAt);
        List<ReadRecord> still = records(STILL_HELD, at, page);
        List<ReadRecord> formerly = records(FORMERLY_HELD, at, page);
        return Stream.concat(still.stream(), formerly.stream())
                .sorted(ReadRecord.LOG_ORDER.reversed())
                .limit(page.limit() + 1L)
                .toList();
    }

    /// When what is rejected to this day last changed, or null.
    @Nullable Instant newest() {
        // An aggregate gives one row, whose value is null where nothing is known.
        return reader.list(NEWEST, row -> Optional.ofNullable(Reader.instant(row, "newest")))
                .getFirst()
                .orElse(null);
    }

    private static List<ReadRecord> records(String those, Map<String, Object> given, Page page) {
        var query = new StringBuilder(those);
        var parameters = new HashMap<>(given);
        List<String> after = page.after(4);
        if (after != null) {
            query.append(
                    """
                     and (it.recordedAt < :at or it.recordedAt = :at
                          and (it.at.topic < :topic or it.at.topic = :topic
                               and (it.at.partition < :partition
                                    or it.at.partition = :partition
                                       and it.at.offset < :offset)))
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
        PanacheQuery<ReadRecord> rejected = ReadRecord.find(query + NEWEST_FIRST, parameters);
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
