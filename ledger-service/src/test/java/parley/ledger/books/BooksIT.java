package parley.ledger.books;

import static java.time.temporal.ChronoUnit.MINUTES;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import parley.contract.Envelope;
import parley.contract.Topic;
import parley.ledger.books.LogRecord.Attributes;
import parley.ledger.books.LogRecord.Content.Illegible;
import parley.ledger.books.LogRecord.Content.Legible;
import parley.ledger.fold.CaseFold;
import parley.ledger.fold.Coordinates;
import parley.ledger.fold.Definitions;
import parley.ledger.fold.Entry;
import parley.ledger.fold.Folded;
import parley.ledger.fold.Judged;
import parley.ledger.fold.Known;
import parley.ledger.fold.LoggedEvent;
import parley.ledger.fold.Outcome;
import parley.ledger.fold.SmallWorld;
import parley.stack.Database;
import parley.stack.Postgres;
import parley.stack.TestServers;

/// What holds of the books for every log, in a real PostgreSQL. A failure prints its seed.
@PropertyDefaults(tries = 40, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
class BooksIT {
    private static final String LINES = "select row_to_json(entry)::text from entry order by 1";
    private static final String WAITING =
            """
            select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'
            """;

    private static final String NOTHING = "";

    private static @Nullable Postgres postgres;
    private static @Nullable PGSimpleDataSource database;

    @BeforeContainer
    static void start() throws SQLException {
        Postgres started = TestServers.postgres();
        postgres = started;
        Database fresh = started.freshDatabase();
        var source = new PGSimpleDataSource();
        source.setURL(fresh.jdbcUrl());
        source.setUser(fresh.user());
        source.setPassword(fresh.password());
        database = source;
        try (var connection = source.getConnection()) {
            GenerationTable.createBooks(connection);
        }
    }

    @AfterContainer
    static void stop() {
        requireNonNull(postgres).close();
    }

    @Provide
    Arbitrary<SmallWorld> worlds() {
        return SmallWorld.any();
    }

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
            new Books(source()).apply(batch, _ -> {});

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
        long standing = new Books(source()).position().nextOffset(first.topic(), first.partition());

        assertThatThrownBy(() -> new Books(source()).apply(taken, _ -> {}))
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

        assertThatThrownBy(() -> new Books(source()).apply(List.of(ahead), _ -> {}))
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
            PositionTable.advance(connection, first, Instant.EPOCH);

            assertThatThrownBy(() -> PositionTable.advance(connection, other, Instant.EPOCH))
                    .isInstanceOf(FencedException.class);
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
        new Books(source()).apply(slices, _ -> {});
        return slices;
    }

    private static List<LogSlice> of(Topic topic, List<LogSlice> slices) {
        return slices.stream().filter(it -> it.topic() == topic).toList();
    }

    @Property(tries = 5)
    void aRecordThatTheBooksCannotTakeStandsAlone(@ForAll("worlds") SmallWorld world)
            throws SQLException {
        List<LogSlice> sound = WrittenLog.of(world).atOnce();
        LogSlice last = sound.getLast();
        var poison =
                new LogRecord(
                        new Coordinates(last.topic(), last.partition(), last.to()),
                        Instant.EPOCH,
                        new Attributes("NUL \0", null, null, null, null, null),
                        null,
                        new Illegible("not an event"));
        var records = new ArrayList<>(last.records());
        records.add(poison);
        var poisoned = new ArrayList<>(sound.subList(0, sound.size() - 1));
        poisoned.add(
                new LogSlice(last.topic(), last.partition(), last.from(), last.to() + 1, records));
        books(List.of(sound));
        List<String> lines = query(LINES);

        books(List.of(poisoned));

        assertThat(query("select outcome from event where reason like '%our fault%'"))
                .containsExactly("rejected");
        assertThat(query(LINES)).isEqualTo(lines);
    }

    /// Whatever PostgreSQL says but that it was sent nonsense: `XX000`, for one, where a file may
    /// not grow.
    @Property(tries = 20)
    void aFailureThatDoesNotSpeakOfWhatWasSentRejectsNothing(
            @ForAll("worlds") SmallWorld world, @ForAll("statesOfTheServer") String state)
            throws SQLException {
        List<LogSlice> log = WrittenLog.of(world).atOnce();
        Dump undisturbed = books(List.of(log));
        empty();
        var books = new Books(source());
        refuseEventsBy(state);

        assertThatThrownBy(() -> books.apply(log, _ -> {}))
                .as(state)
                .isInstanceOfSatisfying(
                        SQLException.class, it -> assertThat(it.getSQLState()).isEqualTo(state));

        assertThat(query("select reason from event")).as(state).isEmpty();
        refuseEventsBy(NOTHING);
        books.apply(log, _ -> {});
        assertThat(Dump.of(source())).as(state).isEqualTo(undisturbed);
    }

    @Provide
    Arbitrary<String> statesOfTheServer() {
        return Arbitraries.of(
                "0A000", "28000", "3F000", "40P01", "42501", "42P01", "53100", "53300", "55P03",
                "57014", "58030", "58P01", "XX000", "XX001");
    }

    /// What is remembered of a case was taken further than the books by a batch that failed, and
    /// that batch need not come again: its partition may be given to another.
    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void aBatchThatFailedLeavesNothingInMemory(
            @ForAll("unhurriedLogs") WrittenLog log, @ForAll long seed) throws SQLException {
        List<LogSlice> records =
                log.atOnce().stream()
                        .flatMap(BooksIT::recordByRecord)
                        .sorted(comparing(BooksIT::takenAt))
                        .toList();
        List<LogSlice> events =
                records.stream().skip(records.size() / 3).filter(BooksIT::isOfAnEvent).toList();
        LogSlice failing = events.get(new Random(seed).nextInt(events.size()));
        List<List<LogSlice>> others =
                records.stream().filter(it -> !isFrom(it, failing)).map(List::of).toList();
        Dump undisturbed = books(others);
        empty();
        var books = new Books(source());

        boolean hasFailed = false;
        for (List<LogSlice> batch : others) {
            if (!hasFailed && takenAt(batch.getFirst()).isAfter(takenAt(failing))) {
                hasFailed = true;
                refuseEventsBy("53100");
                assertThatThrownBy(() -> books.apply(List.of(failing), _ -> {}))
                        .isInstanceOf(SQLException.class);
                refuseEventsBy(NOTHING);
            }
            books.apply(batch, _ -> {});
        }

        assertThat(Dump.of(source())).as("seed %d", seed).isEqualTo(undisturbed);
    }

    private static Stream<LogSlice> recordByRecord(LogSlice slice) {
        return slice.records().size() == 1
                ? Stream.of(slice)
                : slice.halves().stream().flatMap(BooksIT::recordByRecord);
    }

    private static Instant takenAt(LogSlice slice) {
        return slice.records().getFirst().appendedAt();
    }

    private static boolean isOfAnEvent(LogSlice slice) {
        return slice.records().getFirst().content() instanceof Legible;
    }

    private static boolean isFrom(LogSlice slice, LogSlice first) {
        return slice.topic() == first.topic()
                && slice.partition() == first.partition()
                && slice.from() >= first.from();
    }

    /// Where no two events have one time, or one name.
    @Provide
    Arbitrary<WrittenLog> unhurriedLogs() {
        return SmallWorld.any(40, 60)
                .map(world -> log(world, (start, number, _) -> start.plusSeconds(number)));
    }

    /// When an event is taken, which stands in that place.
    private interface Clock {
        Instant takenAt(Instant start, int number, Instant before);
    }

    private static WrittenLog log(SmallWorld world, Clock clock) {
        List<LoggedEvent> events = world.events().stream().sorted(LoggedEvent.LOG_ORDER).toList();
        Instant start = events.getFirst().recordedAt();
        var taken = new ArrayList<LoggedEvent>();
        for (int number = 0; number < events.size(); number++) {
            LoggedEvent event = events.get(number);
            Envelope it = event.envelope();
            taken.add(
                    new LoggedEvent(
                            event.at(),
                            clock.takenAt(start, number, event.recordedAt()),
                            new Envelope(
                                    it.id() + "-" + number,
                                    it.source(),
                                    it.type(),
                                    it.subject(),
                                    it.time(),
                                    it.authority()),
                            event.content()));
        }
        return WrittenLog.of(taken);
    }

    @Property(tries = 2, shrinking = ShrinkingMode.OFF)
    void whatTheLogTookAtOneMomentIsHeldTogether(@ForAll("longLogs") WrittenLog log)
            throws SQLException {
        List<LoggedEvent> events = log.events().stream().sorted(LoggedEvent.LOG_ORDER).toList();
        Set<String> subjects =
                events.stream().map(it -> it.envelope().subject()).collect(Collectors.toSet());
        books(List.of(log.atOnce()));
        var parts = new ArrayList<List<LoggedEvent>>();
        try (var connection = source().getConnection()) {
            connection.setAutoCommit(false);
            try (var held = HeldEvents.read(connection, List.of(subjects))) {
                for (var part = held.next(0); !part.isEmpty(); part = held.next(0)) {
                    parts.add(part);
                }
            }
        }

        assertThat(parts).hasSizeGreaterThan(1);
        assertThat(parts.stream().flatMap(List::stream).map(LoggedEvent::at))
                .containsExactlyElementsOf(events.stream().map(LoggedEvent::at).toList());
        for (int next = 1; next < parts.size(); next++) {
            assertThat(parts.get(next).getFirst().recordedAt())
                    .isAfter(parts.get(next - 1).getLast().recordedAt());
        }
    }

    @Property(tries = 2, shrinking = ShrinkingMode.OFF)
    void aCaseThatIsReadPartByPartIsFoldedOnAsIfItHadBeenReadAtOnce(
            @ForAll("longLogs") WrittenLog log) throws SQLException {
        List<LoggedEvent> events = log.events().stream().sorted(LoggedEvent.LOG_ORDER).toList();
        Instant late = events.get(events.size() * 9 / 10).recordedAt();
        Dump atOnce = books(List.of(log.atOnce()));
        empty();

        for (List<LogSlice> batch : log.parted(late)) {
            new Books(source()).apply(batch, _ -> {});
        }

        assertThat(Dump.of(source())).isEqualTo(atOnce);
    }

    /// Of more events about one case than are read together, by a clock that only tells minutes.
    @Provide
    Arbitrary<WrittenLog> longLogs() {
        return SmallWorld.any(2_000, 2_000)
                .map(world -> log(world, (_, _, before) -> before.truncatedTo(MINUTES)));
    }

    /// Has PostgreSQL take none but rejections, as where little room is left; with nothing for a
    /// state, every record again.
    private static void refuseEventsBy(String state) throws SQLException {
        try (var connection = source().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("drop trigger if exists refuse on event");
            if (!state.equals(NOTHING)) {
                statement.execute(
                        """
                        create or replace function refuse() returns trigger language plpgsql as
                        $$ begin
                            if not new.legible then return new; end if;
                            raise 'no' using errcode = '%s';
                        end $$
                        """
                                .formatted(state));
                statement.execute(
                        """
                        create trigger refuse before insert on event
                        for each row execute function refuse()
                        """);
            }
        }
    }

    private static Dump books(List<List<LogSlice>> batches) throws SQLException {
        empty();
        var books = new Books(source());
        for (List<LogSlice> batch : batches) {
            books.apply(batch, _ -> {});
        }
        return Dump.of(source());
    }

    private static void empty() throws SQLException {
        try (var connection = source().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "truncate log_position, event, former_outcome, tie, edition, entry, account, activity");
        }
    }

    private static List<String> query(String sql) throws SQLException {
        try (var connection = source().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var lines = new ArrayList<String>();
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
            return lines;
        }
    }

    private static DataSource source() {
        return requireNonNull(database);
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
