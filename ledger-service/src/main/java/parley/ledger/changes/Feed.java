package parley.ledger.changes;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;
import parley.ledger.changes.ChangeView.Effect;
import parley.ledger.changes.Movement.Cause;
import parley.ledger.fold.Coordinates;
import parley.ledger.fold.Kind;
import parley.ledger.views.Moment;
import parley.ledger.views.Positions;

/// What happened in a conflict, in the order of the log, and what it did to the totals.
///
/// A reader has read up to a position of the log, not up to a time: what another partition brings
/// late stands before what was read, and comes all the same.
@ApplicationScoped
class Feed {
    private static final int STRETCH_CHANGES_MIN = 100;
    private static final int BACK_CHANGES_MAX = 5_000;

    /// Of a moment that more share, which one definition may bring about, the first so many.
    private static final int READ_TOGETHER_MAX = 10_000;

    private final Happenings happenings;
    private final Movements movements;
    private final Positions positions;

    Feed(Happenings happenings, Movements movements, Positions positions) {
        this.happenings = happenings;
        this.movements = movements;
        this.positions = positions;
    }

    /// One event of the feed.
    record Told(Happening happening, List<Effect> effects) {}

    /// A part of the feed, and where to read on.
    record Part(List<Told> told, LogPosition next) {}

    /// The first `limit` events that the position does not cover. What a definition turns comes
    /// with it, so there may be more.
    Part read(String conflict, Moment moment, LogPosition from, int limit) {
        List<Told> told = told(conflict, moment, from, limit);
        LogPosition passed =
                told.size() < limit ? positions.at(moment.knownAtUtc()) : passed(told.getLast());
        LogPosition next = from.and(passed);
        for (Told one : told) {
            Coordinates at = one.happening.place();
            next = next.with(at.topic(), at.partition(), at.offset() + 1);
        }
        return new Part(told, next);
    }

    /// The newest events, at most so many.
    Part newest(String conflict, Moment moment, int events) {
        OffsetDateTime knownAt = moment.knownAtUtc();
        LogPosition before =
                happenings
                        .newest(conflict, knownAt == null ? OffsetDateTime.MAX : knownAt, events)
                        .map(first -> positions.at(first.minus(1, ChronoUnit.MICROS)))
                        .orElse(LogPosition.START);
        Part part = read(conflict, moment, before, READ_TOGETHER_MAX);
        List<Told> told = part.told;
        return new Part(told.subList(Math.max(0, told.size() - events), told.size()), part.next);
    }

    /// All that the log took before that.
    private LogPosition passed(Told last) {
        return positions.at(
                last.happening.at().minus(1, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
    }

    /// Moments are read whole, since an event of it may have moved what another has moved before.
    private List<Told> told(String conflict, Moment moment, LogPosition position, int limit) {
        OffsetDateTime knownAt = moment.knownAtUtc();
        OffsetDateTime end = knownAt == null ? OffsetDateTime.MAX : knownAt;
        var told = new ArrayList<Told>();
        RunningTotals totals = null;
        OffsetDateTime from = positions.firstBehind(position).orElse(null);
        while (from != null && !from.isAfter(end)) {
            OffsetDateTime to =
                    happenings
                            .horizon(conflict, from, Math.max(limit, STRETCH_CHANGES_MIN))
                            .filter(end::isAfter)
                            .orElse(end);
            List<Movement> moved = movements.within(conflict, moment.asOf(), from, to);
            if (totals == null && !moved.isEmpty()) {
                totals = before(conflict, moment.asOf(), from);
            }
            var stretch = Stretch.of(happenings.within(conflict, from, to), moved, happenings);
            for (Happening happening : stretch.happenings) {
                if (told.size() >= limit
                        && !happening.sharesItsPlaceWith(told.getLast().happening)) {
                    return told;
                }
                List<Effect> effects = effects(totals, stretch.movedBy(happening));
                if (!isCovered(happening.place(), position)) {
                    told.add(new Told(happening, effects));
                }
            }
            from = to.isBefore(end) ? to.plus(1, ChronoUnit.MICROS) : null;
        }
        return told;
    }

    /// Who follows the feed closely does not wait for a sum over all entries.
    private RunningTotals before(String conflict, @Nullable LocalDate asOf, OffsetDateTime from) {
        return asOf == null && happenings.horizon(conflict, from, BACK_CHANGES_MAX).isEmpty()
                ? movements.backTo(conflict, from)
                : movements.before(conflict, asOf, from);
    }

    private static List<Effect> effects(@Nullable RunningTotals totals, List<Movement> moved) {
        return totals == null ? List.of() : totals.move(moved);
    }

    private static boolean isCovered(Coordinates place, LogPosition position) {
        return position.nextOffset(place.topic(), place.partition()) > place.offset();
    }

    /// What happened in whole moments, in order, and what each event moved.
    private record Stretch(
            Set<Happening> happenings, Map<Happening.Key, List<Movement>> movements) {

        static Stretch of(Collection<Happening> found, List<Movement> moved, Happenings books) {
            var inOrder = new TreeSet<>(Happening.ORDER);
            inOrder.addAll(found);
            Map<Happening.Key, Happening> byKey =
                    found.stream().collect(Collectors.toMap(Happening::key, Function.identity()));
            Map<Cause, Happening> causes = new HashMap<>();
            // Of several the last, and what is said of an exchange before what is said about it.
            Stream.concat(
                            inOrder.stream().filter(it -> it.kind() != Kind.EXCHANGE),
                            inOrder.stream().filter(it -> it.kind() == Kind.EXCHANGE))
                    .forEach(it -> it.causes().forEach(cause -> causes.put(cause, it)));
            var unexplained = new LinkedHashSet<Cause>();
            moved.stream()
                    .map(Movement::cause)
                    .filter(it -> !causes.containsKey(it))
                    .forEach(unexplained::add);
            books.causes(unexplained)
                    .forEach(
                            (cause, happening) ->
                                    causes.put(
                                            cause,
                                            byKey.computeIfAbsent(
                                                    happening.key(), _ -> happening)));
            inOrder.addAll(byKey.values());
            Map<Happening.Key, List<Movement>> movements =
                    moved.stream()
                            .collect(Collectors.groupingBy(it -> cause(causes, it.cause()).key()));
            return new Stretch(inOrder, movements);
        }

        private static Happening cause(Map<Cause, Happening> causes, Cause cause) {
            return Objects.requireNonNull(causes.get(cause), () -> "Nothing caused " + cause);
        }

        List<Movement> movedBy(Happening happening) {
            return movements.getOrDefault(happening.key(), List.of());
        }
    }
}
