package parley.bench.peer;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.SchemaToolingSettings;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.jspecify.annotations.Nullable;
import parley.bench.fold.Account;
import parley.bench.fold.Figure;
import parley.bench.fold.Line;
import parley.bench.fold.Said;
import parley.bench.lab.Log;
import parley.bench.lab.Peer;

/// The per-side totals as a listener with entities counts them: each event in a transaction of its
/// own, which loads what it concerns, changes it, and moves the partition's offset.
public final class JpaFold {
    private final EntityManagerFactory entities;
    private final Clock clock = new Clock();

    private JpaFold(EntityManagerFactory entities) {
        this.entities = entities;
    }

    /// `TOLD BOOTSTRAP_SERVERS RECORDS JDBC_URL USER PASSWORD`; reads about so many records; tells
    /// records and nanoseconds, from the first commit to the last.
    public static void main(String... arguments) throws Exception {
        var log = Log.whole(arguments[1]).part(Long.parseLong(arguments[2]));
        try (var entities =
                new HibernatePersistenceConfiguration("bench")
                        .managedClasses(JpaEntities.ALL)
                        .property(JdbcSettings.JAKARTA_JDBC_URL, arguments[3])
                        .property(JdbcSettings.JAKARTA_JDBC_USER, arguments[4])
                        .property(JdbcSettings.JAKARTA_JDBC_PASSWORD, arguments[5])
                        .property(SchemaToolingSettings.JAKARTA_HBM2DDL_DATABASE_ACTION, "create")
                        .createEntityManagerFactory()) {
            var fold = new JpaFold(entities);
            log.read(fold::apply);
            Peer.tell(Path.of(arguments[0]), fold.clock.told());
        }
    }

    private void apply(List<ConsumerRecord<String, byte[]>> records) {
        for (ConsumerRecord<String, byte[]> record : records) {
            entities.runInTransaction(transaction -> apply(transaction, record));
            clock.count(1);
        }
    }

    private static void apply(EntityManager transaction, ConsumerRecord<String, byte[]> record) {
        Said said = Said.of(record);
        if (said != null) {
            var aCase = JpaCase.load(transaction, said.exchange());
            List<Line> before = aCase.lines();
            aCase.apply(said);
            post(transaction, before, aCase.lines());
        }
        advance(transaction, record);
    }

    /// Posts the difference, account by account in one order, so that no two wait for each other.
    private static void post(EntityManager transaction, List<Line> before, List<Line> after) {
        var changes = new HashMap<String, Figure>();
        before.forEach(line -> post(changes, line, Figure.NONE.minus(line.figure())));
        after.forEach(line -> post(changes, line, line.figure()));
        changes.values().removeIf(Figure.NONE::equals);
        changes.keySet().stream()
                .sorted()
                .forEach(
                        id -> {
                            JpaEntities.@Nullable Total total =
                                    transaction.find(JpaEntities.Total.class, id);
                            if (total == null) {
                                total = new JpaEntities.Total(id);
                                transaction.persist(total);
                            }
                            total.add(changes.getOrDefault(id, Figure.NONE));
                        });
    }

    private static void post(Map<String, Figure> changes, Line line, Figure figure) {
        var direction = line.direction();
        var given = new Account(direction.from(), false, direction.category());
        var received = new Account(direction.to(), true, direction.category());
        changes.merge(JpaEntities.Total.id(given), figure, Figure::plus);
        changes.merge(JpaEntities.Total.id(received), figure, Figure::plus);
    }

    private static void advance(EntityManager transaction, ConsumerRecord<String, byte[]> record) {
        String id = record.topic() + "-" + record.partition();
        JpaEntities.@Nullable Position position = transaction.find(JpaEntities.Position.class, id);
        if (position == null) {
            position = new JpaEntities.Position(id);
            transaction.persist(position);
        }
        position.nextOffset = record.offset() + 1;
    }
}
