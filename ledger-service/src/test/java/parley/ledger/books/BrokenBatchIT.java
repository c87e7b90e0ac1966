package parley.ledger.books;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import parley.ledger.books.LogRecord.Attributes;
import parley.ledger.books.LogRecord.Content.Illegible;
import parley.ledger.books.LogRecord.Content.Legible;
import parley.ledger.fold.Coordinates;
import parley.ledger.fold.SmallWorld;

/// What becomes of the books, and of what is remembered of them, where a batch or a record fails.
@PropertyDefaults(tries = 40, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
class BrokenBatchIT extends WithBooks {
    private static final String LINES = "select row_to_json(entry)::text from entry order by 1";
    private static final String NOTHING = "";

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
        var books = booksIn(source());
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
                        .flatMap(BrokenBatchIT::recordByRecord)
                        .sorted(comparing(BrokenBatchIT::takenAt))
                        .toList();
        List<LogSlice> events =
                records.stream()
                        .skip(records.size() / 3)
                        .filter(BrokenBatchIT::isOfAnEvent)
                        .toList();
        LogSlice failing = events.get(new Random(seed).nextInt(events.size()));
        List<List<LogSlice>> others =
                records.stream().filter(it -> !isFrom(it, failing)).map(List::of).toList();
        Dump undisturbed = books(others);
        empty();
        var books = booksIn(source());

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
                : slice.halves().stream().flatMap(BrokenBatchIT::recordByRecord);
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
                .map(
                        world ->
                                WrittenLog.of(
                                        world, (start, number, _) -> start.plusSeconds(number)));
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
}
