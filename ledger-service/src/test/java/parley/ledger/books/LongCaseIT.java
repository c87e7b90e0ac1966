package parley.ledger.books;

import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import parley.ledger.fold.LoggedEvent;
import parley.ledger.fold.SmallWorld;

/// A case of more events than are read together.
@PropertyDefaults(tries = 40, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
class LongCaseIT extends WithBooks {
    private static final int SUBJECTS = 500; // More than there are.

    @Property(tries = 2, shrinking = ShrinkingMode.OFF)
    void whatTheLogTookAtOneMomentIsHeldTogether(@ForAll("longLogs") WrittenLog log)
            throws SQLException {
        List<LoggedEvent> events = log.events().stream().sorted(LoggedEvent.LOG_ORDER).toList();
        books(List.of(log.atOnce()));
        var parts = new ArrayList<List<LoggedEvent>>();
        try (var connection = source().getConnection();
                var tie = connection.createStatement()) {
            connection.setAutoCommit(false);
            tie.execute("delete from tie");
            tie.execute("insert into tie select distinct subject, 'all' from event where legible");
            try (var held = HeldEvents.read(connection, List.of("all"))) {
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
            booksIn(source()).apply(batch, _ -> {});
        }

        assertThat(Dump.of(source())).isEqualTo(atOnce);
    }

    @Property(tries = 4, shrinking = ShrinkingMode.OFF)
    void aCaseInWhichMuchComesLateIsFoldedPartByPartAsIfItHadBeenReadInOrder(
            @ForAll("longLogs") WrittenLog log, @ForAll Random random) throws SQLException {
        Dump atOnce = books(List.of(log.atOnce()));
        empty();

        Dump late = books(log.oneAfterTheOther(random));

        assertThat(late).isEqualTo(atOnce);
    }

    @Property(tries = 10, shrinking = ShrinkingMode.OFF)
    void anAuditOfALongCaseFindsWhatSomebodyChangedAndNothingElse(
            @ForAll("longLogs") WrittenLog log) throws SQLException {
        books(List.of(log.atOnce()));
        Assume.that(isHeld("edition where kind = 3") && isHeld("entry"));

        assertThat(audit()).isEmpty();

        change("update edition set revision = revision + 1 where kind = 3");
        assertThat(audit()).isNotEmpty().allMatch(it -> it.startsWith("The edition 3 "));
        change("update edition set revision = revision - 1 where kind = 3");
        change("delete from entry");
        assertThat(audit())
                .isNotEmpty()
                .allMatch(it -> it.startsWith("The entry "))
                .allMatch(it -> it.contains("is kept as: nothing. Its events say: "));
    }

    @Property(tries = 2, shrinking = ShrinkingMode.OFF)
    void anAuditOfOneCaseAtATimeComesToEachOnceAndNeverToNone(@ForAll("longLogs") WrittenLog log)
            throws SQLException {
        books(List.of(log.atOnce()));
        var looked = new ArrayList<CaseAudit.Found>();
        try (var connection = source().getConnection()) {
            connection.setAutoCommit(false); // Or all rows of a query come at once.
            do {
                String after = looked.isEmpty() ? "" : looked.getLast().last();
                looked.add(CaseAudit.next(connection, after, 1));
            } while (!looked.getLast().last().isEmpty());
        }

        assertThat(looked.removeLast().cases()).isZero(); // The end of all.
        assertThat(looked).allMatch(it -> it.cases() == 1);
        assertThat(looked.stream().map(CaseAudit.Found::last))
                .isNotEmpty()
                .containsExactlyElementsOf(cases());
    }

    private static List<String> cases() throws SQLException {
        return query(
                """
                select distinct coalesce(case_id, subject)
                from event left join tie using (subject) where legible
                order by 1
                """);
    }

    private static List<String> audit() throws SQLException {
        try (var connection = source().getConnection()) {
            connection.setAutoCommit(false); // Or all rows of a query come at once.
            return CaseAudit.next(connection, "", SUBJECTS).differences();
        }
    }

    private static boolean isHeld(String what) throws SQLException {
        return !query("select 1 from " + what + " limit 1").isEmpty();
    }

    /// Of more events about one case than are read together, by a clock that only tells minutes.
    @Provide
    Arbitrary<WrittenLog> longLogs() {
        return SmallWorld.any(2_000, 2_000)
                .map(world -> WrittenLog.of(world, (_, _, before) -> before.truncatedTo(MINUTES)));
    }
}
