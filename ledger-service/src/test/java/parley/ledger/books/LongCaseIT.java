package parley.ledger.books;

import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
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
                .map(world -> WrittenLog.of(world, (_, _, before) -> before.truncatedTo(MINUTES)));
    }
}
