package parley.ledger.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.ShrinkingMode;
import parley.contract.Topic;
import parley.ledger.books.PositionTable.Advance;
import parley.ledger.fold.CaseFold;
import parley.ledger.fold.Definitions;
import parley.ledger.fold.Entry;
import parley.ledger.fold.Folded;
import parley.ledger.fold.Judged;
import parley.ledger.fold.Known;
import parley.ledger.fold.Outcome;
import parley.ledger.fold.SmallWorld;

/// What holds of the books for every log, and who may write them.
@PropertyDefaults(tries = 40, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
class BooksIT extends WithBooks {
    private static final String WAITING =
            """
            select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'
            """;

    @Property(tries = 30)
    void theBooksHoldWhatTheWholeLogFoldsTo(@ForAll("worlds") SmallWorld world, @ForAll long seed)
            throws SQLException {
        var log = WrittenLog.of(world);
        Folded folded = CaseFold.fold(log.events(), Definitions.of(log.events()));

        books(log.batches(new Random(seed)));

        assertThat(
                        query(
                                """
                                select concat_ws(' ', exchange, from_party, to_party, category,
                                                 extract(epoch from known_from)::bigint,
                                                 extract(epoch from known_to)::bigint, valid_on,
                                                 partition, "offset", leg, best, low, high,
                                                 disputed, unstated)
                                from entry
                                """))
                .as("entries, seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(
                        folded.entries().stream().map(BooksIT::line).toList());
        assertThat(
                        query(
                                """
                                select concat_ws(' ', topic, partition, "offset",
                                                 extract(epoch from outcome_from)::bigint,
                                                 outcome, reason)
                                from event where legible
                                union all
                                select concat_ws(' ', topic, partition, "offset",
                                                 extract(epoch from known_from)::bigint,
                                                 extract(epoch from known_to)::bigint,
                                                 outcome, reason)
                                from former_outcome
                                """))
                .as("outcomes, seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(
                        folded.judged().stream().map(BooksIT::outcome).toList());
    }

    @Property(tries = 20)
    void keptTotalsAreTheSumsOfTheCurrentEntries(
            @ForAll("worlds") SmallWorld world, @ForAll long seed) throws SQLException {
        empty();
        for (List<LogSlice> batch : WrittenLog.of(world).batches(new Random(seed))) {
            booksIn(source()).apply(batch, _ -> {});

            assertThat(
                            query(
                                    """
                                    select concat_ws(' ', conflict, party, direction, category,
                                                     transfers, best, low, high, disputed,
                                                     unstated)
                                    from account where transfers <> 0
                                    """))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(
                            query(
                                    """
                                    select concat_ws(' ', conflict, party, direction, category,
                                                     count(*), sum(best), sum(low),
                                                     sum(high), sum(disputed), sum(unstated))
                                    from (select entry.*, from_party as party, 1 as direction
                                          from entry where known_to is null
                                          union all
                                          select entry.*, to_party, 0
                                          from entry where known_to is null)
                                    group by conflict, party, direction, category
                                    """));
        }
    }

    @Property(tries = 10)
    void aSliceThatWasTakenIsFencedAndWritesNothing(
            @ForAll("worlds") SmallWorld world, @ForAll long seed) throws SQLException {
        List<List<LogSlice>> batches = WrittenLog.of(world).batches(new Random(seed));
        List<LogSlice> taken =
                batches.stream().filter(it -> !it.isEmpty()).findFirst().orElseThrow();
        Dump before = books(batches);
        LogSlice first = taken.getFirst();
        long standing = booksIn(source()).position().nextOffset(first.topic(), first.partition());

        assertThatThrownBy(() -> booksIn(source()).apply(taken, _ -> {}))
                .as("seed %d", seed)
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("but the books stand at %d.".formatted(standing));

        assertThat(Dump.of(source())).as("seed %d", seed).isEqualTo(before);
    }

    @Property(tries = 10)
    void aSliceThatSkipsRecordsIsFenced(@ForAll("worlds") SmallWorld world) throws SQLException {
        LogSlice first = WrittenLog.of(world).atOnce().getFirst();
        LogSlice ahead =
                new LogSlice(
                        first.topic(),
                        first.partition(),
                        first.to() + 1,
                        first.to() + 2,
                        List.of());
        Dump before = books(List.of(List.of(first)));

        assertThatThrownBy(() -> booksIn(source()).apply(List.of(ahead), _ -> {}))
                .isInstanceOf(FencedException.class);

        assertThat(Dump.of(source())).isEqualTo(before);
    }

    /// Even where nobody has looked where it stands.
    @Example
    void aPositionMovesOnlyFromWhereItStands() throws SQLException {
        empty();
        var first = new LogSlice(Topic.CLAIM_EVENTS, 0, 0, 5, List.of());
        var other = new LogSlice(Topic.CLAIM_EVENTS, 0, 3, 9, List.of());
        try (var connection = source().getConnection()) {
            PositionTable.advance(connection, List.of(new Advance(first, Instant.EPOCH)));

            connection.setAutoCommit(false);
            var third = new LogSlice(Topic.EXCHANGE_EVENTS, 0, 0, 1, List.of());
            var advances =
                    List.of(new Advance(third, Instant.EPOCH), new Advance(other, Instant.EPOCH));
            assertThatThrownBy(() -> PositionTable.advance(connection, advances))
                    .isInstanceOf(FencedException.class);
            connection.rollback();
        }
        assertThat(query("select next_offset from log_position")).containsExactly("5");
    }

    /// Nothing is kept before both are under way: without turns, each would fold without what the
    /// other has read.
    @Property(tries = 10)
    void replicasThatWriteAtOnceWriteAsOneAfterTheOther(@ForAll("worlds") SmallWorld world)
            throws Exception {
        List<LogSlice> slices = WrittenLog.of(world).atOnce();
        List<LogSlice> exchanges = of(Topic.EXCHANGE_EVENTS, slices);
        List<LogSlice> claims = of(Topic.CLAIM_EVENTS, slices);
        Assume.that(!exchanges.isEmpty() && !claims.isEmpty());
        Dump inTurn = books(List.of(slices));
        books(List.of(of(Topic.CONFLICTS, slices)));

        try (var replicas = Executors.newVirtualThreadPerTaskExecutor();
                var connection = source().getConnection();
                var hold = connection.createStatement()) {
            connection.setAutoCommit(false);
            hold.execute("lock table event in share mode");
            Future<?> one = replicas.submit(() -> taken(exchanges));
            Future<?> other = replicas.submit(() -> taken(claims));
            await().until(() -> query(WAITING), List.of("2")::equals);
            connection.rollback();
            one.get();
            other.get();
        }

        assertThat(Dump.of(source())).isEqualTo(inTurn);
    }

    private static List<LogSlice> taken(List<LogSlice> slices) throws SQLException {
        booksIn(source()).apply(slices, _ -> {});
        return slices;
    }

    private static List<LogSlice> of(Topic topic, List<LogSlice> slices) {
        return slices.stream().filter(it -> it.topic() == topic).toList();
    }

    private static String line(Known<Entry> known) {
        Entry entry = known.value();
        var line =
                new ArrayList<Object>(
                        List.of(
                                entry.exchange(),
                                entry.direction().from(),
                                entry.direction().to(),
                                entry.direction().category().ordinal(),
                                known.from().getEpochSecond()));
        if (known.to() != null) {
            line.add(known.to().getEpochSecond());
        }
        line.addAll(
                List.of(
                        entry.validOn(),
                        entry.statedAt().partition(),
                        entry.statedAt().offset(),
                        entry.leg(),
                        entry.figure().best(),
                        entry.figure().low(),
                        entry.figure().high(),
                        entry.figure().disputed(),
                        entry.figure().unstated()));
        return line.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    private static String outcome(Known<Judged> known) {
        Judged judged = known.value();
        return "%d %d %d %d %s%s"
                .formatted(
                        judged.at().topic().ordinal(),
                        judged.at().partition(),
                        judged.at().offset(),
                        known.from().getEpochSecond(),
                        known.to() == null ? "" : known.to().getEpochSecond() + " ",
                        words(judged.outcome()));
    }

    private static String words(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied _ -> "applied";
            case Outcome.Duplicate _ -> "duplicate";
            case Outcome.Rejected(String reason, _) -> "rejected " + reason;
        };
    }
}
