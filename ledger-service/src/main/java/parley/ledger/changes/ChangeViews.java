package parley.ledger.changes;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parley.contract.Assertion;
import parley.contract.Claim;
import parley.contract.EventType;
import parley.contract.Exchange;
import parley.ledger.changes.ChangeView.Effect;
import parley.ledger.changes.ChangeView.Findings;
import parley.ledger.changes.Feed.Told;
import parley.ledger.duplicates.Duplicates;
import parley.ledger.duplicates.Likely;
import parley.ledger.events.ReadRecord;
import parley.ledger.events.RecordView;
import parley.ledger.fold.Coordinates;
import parley.ledger.fold.Kind;
import parley.ledger.reconciliation.Gap;
import parley.ledger.reconciliation.Reconciliation;
import parley.ledger.reconciliation.Reconciliation.Taken;
import parley.ledger.statements.History;
import parley.ledger.statements.History.Step;
import parley.ledger.statements.Statements;
import parley.ledger.views.Moment;

/// Says of each event of a feed what it changed, and why.
@ApplicationScoped
class ChangeViews {
    private final History history;
    private final Reconciliation reconciliation;
    private final Duplicates duplicates;
    private final FindingsTold findingsTold;

    ChangeViews(
            History history,
            Reconciliation reconciliation,
            Duplicates duplicates,
            FindingsTold findingsTold) {
        this.history = history;
        this.reconciliation = reconciliation;
        this.duplicates = duplicates;
        this.findingsTold = findingsTold;
    }

    /// Effects come in that order.
    List<ChangeView> of(String conflict, List<Told> told, Moment moment, Comparator<Effect> order) {
        if (told.isEmpty()) {
            return List.of();
        }
        List<ReadRecord> records =
                ReadRecord.about(
                        told.stream().map(it -> it.happening().subject()).distinct().toList());
        Map<Coordinates, Step> steps = steps(records, moment);
        Map<Coordinates, ReadRecord> byPlace =
                records.stream().collect(Collectors.toMap(ChangeViews::at, it -> it));
        List<Told> lasting = lasting(told, records, moment);
        Map<Coordinates, Taken> totals = totals(lasting, byPlace);
        Map<Taken, Gap> gaps =
                reconciliation.gaps(conflict, moment.asOf(), List.copyOf(totals.values()));
        Map<Coordinates, Duplicates.Taken> reports = reports(lasting, byPlace);
        Map<Duplicates.Taken, List<Likely>> likely =
                duplicates.likely(conflict, moment.asOf(), reports.values());
        List<ChangeView> changes =
                told.stream()
                        .map(
                                it -> {
                                    Happening happening = it.happening();
                                    Coordinates at = happening.event();
                                    return view(
                                            it,
                                            Objects.requireNonNull(byPlace.get(at)),
                                            steps.get(at),
                                            moment,
                                            order,
                                            Findings.of(
                                                    gap(gaps, totals.get(at)),
                                                    likely(likely, reports.get(at))));
                                })
                        .toList();
        findingsTold.count(changes);
        return changes;
    }

    private static List<Likely> likely(
            Map<Duplicates.Taken, List<Likely>> likely, Duplicates.@Nullable Taken report) {
        return report == null ? List.of() : likely.getOrDefault(report, List.of());
    }

    private static @Nullable Gap gap(Map<Taken, Gap> gaps, @Nullable Taken total) {
        return total == null ? null : gaps.get(total);
    }

    /// Those after which the same moment brought nothing more of their statement: how things stood
    /// then is told once, with the event that they rest on.
    private static List<Told> lasting(List<Told> told, List<ReadRecord> records, Moment moment) {
        record Then(Kind kind, String subject, Instant at) {
            static Then of(Happening happening) {
                return new Then(happening.kind(), happening.subject(), happening.at());
            }
        }

        var last = new HashMap<Then, Long>(); // offsets, of the one partition of a statement
        told.stream()
                .map(Told::happening)
                .forEach(it -> last.merge(Then.of(it), it.event().offset(), Math::max));
        records.stream()
                .filter(it -> it.isApplied(moment))
                .forEach(
                        it ->
                                last.merge(
                                        new Then(
                                                kind(it),
                                                Objects.requireNonNull(it.subject),
                                                it.recordedAt),
                                        it.at.offset(),
                                        Math::max));
        return told.stream()
                .filter(
                        it ->
                                Objects.equals(
                                        last.get(Then.of(it.happening())),
                                        it.happening().event().offset()))
                .toList();
    }

    /// The running totals among what was claimed, as the log took them, by event.
    private static Map<Coordinates, Taken> totals(
            List<Told> told, Map<Coordinates, ReadRecord> records) {
        var totals = new LinkedHashMap<Coordinates, Taken>();
        told.stream()
                .map(Told::happening)
                .filter(it -> it.kind() == Kind.CLAIM)
                .filter(it -> isTotal(Objects.requireNonNull(records.get(it.event()))))
                .forEach(it -> totals.put(it.event(), new Taken(it.subject(), it.at())));
        return totals;
    }

    private static boolean isTotal(ReadRecord record) {
        String type = Objects.requireNonNull(record.type);
        return !type.endsWith(".retracted")
                && Statements.stated(Claim.class, type, Objects.requireNonNull(record.value))
                                .assertion()
                        instanceof Assertion.Total;
    }

    /// The exchanges that were reported or corrected, by event.
    private static Map<Coordinates, Duplicates.Taken> reports(
            List<Told> told, Map<Coordinates, ReadRecord> records) {
        var reports = new HashMap<Coordinates, Duplicates.Taken>();
        for (Told one : told) {
            Happening happening = one.happening();
            ReadRecord record = Objects.requireNonNull(records.get(happening.event()));
            String type = Objects.requireNonNull(record.type);
            if (EventType.EXCHANGE_REPORTED.wire().equals(type)
                    || EventType.EXCHANGE_CORRECTED.wire().equals(type)) {
                Exchange exchange =
                        Statements.stated(
                                Exchange.class, type, Objects.requireNonNull(record.value));
                reports.put(
                        happening.event(),
                        new Duplicates.Taken(
                                happening.subject(),
                                happening.at(),
                                exchange.occurredOn().first()));
            }
        }
        return reports;
    }

    private Map<Coordinates, Step> steps(List<ReadRecord> records, Moment moment) {
        record Statement(Kind kind, String subject) {}

        Map<Statement, List<ReadRecord>> shaping =
                records.stream()
                        .filter(it -> it.isApplied(moment))
                        .collect(
                                Collectors.groupingBy(
                                        it ->
                                                new Statement(
                                                        kind(it),
                                                        Objects.requireNonNull(it.subject))));
        Map<Coordinates, Step> steps = new HashMap<>();
        shaping.forEach(
                (statement, events) -> {
                    List<Step> told = history.steps(statement.kind(), events, moment);
                    for (int index = 0; index < told.size(); index++) {
                        steps.put(at(events.get(index)), told.get(index));
                    }
                });
        return steps;
    }

    private static ChangeView view(
            Told told,
            ReadRecord record,
            @Nullable Step step,
            Moment moment,
            Comparator<Effect> order,
            @Nullable Findings findings) {
        return new ChangeView(
                change(Objects.requireNonNull(record.type)),
                told.happening().kind().word(),
                told.happening().subject(),
                step == null ? null : step.mergedInto(),
                step == null ? null : step.revision(),
                step == null ? null : step.reason(),
                step == null ? List.of() : step.changes(),
                RecordView.of(record, moment),
                told.effects().stream().sorted(order).toList(),
                findings);
    }

    private static String change(String type) {
        String word = type.substring(type.indexOf('.') + 1);
        return switch (word) {
            case "reported", "made" -> "added";
            default -> word;
        };
    }

    private static Kind kind(ReadRecord record) {
        return Kind.ofType(Objects.requireNonNull(record.type));
    }

    private static Coordinates at(ReadRecord record) {
        return new Coordinates(record.at.topic(), record.at.partition(), record.at.offset());
    }
}
