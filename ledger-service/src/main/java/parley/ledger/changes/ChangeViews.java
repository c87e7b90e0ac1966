package parley.ledger.changes;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parley.ledger.changes.ChangeView.Effect;
import parley.ledger.changes.Feed.Told;
import parley.ledger.events.ReadRecord;
import parley.ledger.events.RecordView;
import parley.ledger.fold.Coordinates;
import parley.ledger.fold.Kind;
import parley.ledger.statements.History;
import parley.ledger.statements.History.Step;
import parley.ledger.views.Moment;

/// Says of each event of a feed what it changed, and why.
@ApplicationScoped
class ChangeViews {
    private final History history;

    ChangeViews(History history) {
        this.history = history;
    }

    /// Effects come in that order.
    List<ChangeView> of(List<Told> told, Moment moment, Comparator<Effect> order) {
        if (told.isEmpty()) {
            return List.of();
        }
        List<ReadRecord> records =
                ReadRecord.about(
                        told.stream().map(it -> it.happening().subject()).distinct().toList());
        Map<Coordinates, Step> steps = steps(records, moment);
        Map<Coordinates, ReadRecord> byPlace =
                records.stream().collect(Collectors.toMap(ChangeViews::at, it -> it));
        return told.stream()
                .map(
                        it -> {
                            Coordinates at = it.happening().event();
                            return view(
                                    it,
                                    Objects.requireNonNull(byPlace.get(at)),
                                    steps.get(at),
                                    moment,
                                    order);
                        })
                .toList();
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
            Comparator<Effect> order) {
        return new ChangeView(
                change(Objects.requireNonNull(record.type)),
                told.happening().kind().word(),
                told.happening().subject(),
                step == null ? null : step.mergedInto(),
                step == null ? null : step.revision(),
                step == null ? null : step.reason(),
                step == null ? List.of() : step.changes(),
                RecordView.of(record, moment),
                told.effects().stream().sorted(order).toList());
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
