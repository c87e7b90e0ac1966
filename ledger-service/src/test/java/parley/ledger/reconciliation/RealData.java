package parley.ledger.reconciliation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.contract.Assertion.Count;
import parley.contract.Assertion.Total;
import parley.contract.Claim;
import parley.contract.Direction;
import parley.contract.EdtfDate;
import parley.contract.EventCodec;
import parley.contract.EventType;
import parley.contract.Exchange;
import parley.contract.Quantity;
import parley.contract.Transfer;
import parley.contract.UnreadableEventException;
import parley.ledger.fold.Figure;
import parley.ledger.reconciliation.Days.Sum;
import parley.ledger.reconciliation.Scope.What;

/// What `deploy/data` holds, as plain values.
record RealData(List<Line> lines, List<Claimed> totals) {
    private static final LocalDate BEGINNING = LocalDate.of(2022, 2, 24);
    private static final JsonMapper JSON = new JsonMapper();

    static RealData read() {
        var exchanges = new HashMap<String, Exchange>();
        var claims = new HashMap<String, Claim>();
        try (Stream<String> events = Files.lines(Path.of("../deploy/data/ru-ua.ndjson"))) {
            events.map(RealData::json)
                    .forEach(
                            event -> {
                                String subject = event.path("subject").asText();
                                switch (statement(event)) {
                                    case Exchange exchange -> exchanges.put(subject, exchange);
                                    case Claim claim -> claims.put(subject, claim);
                                    case null, default -> {}
                                }
                            });
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
        return new RealData(lines(exchanges, claims), totals(claims));
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static @Nullable Object statement(JsonNode event) {
        try {
            EventType type = EventType.of(event.path("type").asText()).orElseThrow();
            return EventCodec.read(type, event.path("data")).statement();
        } catch (UnreadableEventException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static List<Line> lines(Map<String, Exchange> exchanges, Map<String, Claim> claims) {
        var lines = new ArrayList<Line>();
        exchanges.forEach(
                (id, exchange) -> {
                    for (Transfer transfer : exchange.transfers()) {
                        lines.add(line(id, exchange, transfer, readings(id, transfer, claims)));
                    }
                });
        lines.sort(Comparator.comparing(Line::day).thenComparing(Line::entry));
        return lines;
    }

    private static Line line(
            String id, Exchange exchange, Transfer transfer, Map<String, Integer> readings) {
        Quantity quantity = transfer.quantity();
        Integer count = quantity.count();
        int best = count == null ? 0 : count;
        List<Integer> said = new ArrayList<>(readings.values());
        Stream.of(quantity.low(), quantity.high()).filter(it -> it != null).forEach(said::add);
        IntStream figures = said.stream().mapToInt(Integer::intValue);
        var all = IntStream.concat(IntStream.of(best), figures).summaryStatistics();
        return new Line(
                id + "-" + transfer.from() + transfer.to() + "-" + transfer.category().wire(),
                id,
                exchange.occurredOn().last(),
                new What(
                        transfer.from(),
                        transfer.to(),
                        transfer.category(),
                        exchange.agreementOf(transfer)),
                new Figure(
                        best,
                        count == null ? 0 : all.getMin(),
                        all.getMax(),
                        0,
                        count == null ? 1 : 0),
                readings);
    }

    private static Map<String, Integer> readings(
            String exchange, Transfer transfer, Map<String, Claim> claims) {
        var readings = new HashMap<String, Integer>();
        claims.values().stream()
                .filter(it -> exchange.equals(it.about().exchange()))
                .sorted(Comparator.comparing(it -> it.statedOn().last()))
                .forEach(
                        claim -> {
                            if (claim.assertion() instanceof Count count
                                    && count.direction()
                                            .equals(
                                                    new Direction(
                                                            transfer.from(),
                                                            transfer.to(),
                                                            transfer.category()))) {
                                Integer figure = count.count();
                                if (figure == null) {
                                    readings.remove(claim.claimant().name());
                                } else {
                                    readings.put(claim.claimant().name(), figure);
                                }
                            }
                        });
        return readings;
    }

    private static List<Claimed> totals(Map<String, Claim> claims) {
        var totals = new ArrayList<Claimed>();
        claims.forEach(
                (id, claim) -> {
                    if (claim.assertion() instanceof Total total) {
                        EdtfDate until = total.until() == null ? claim.statedOn() : total.until();
                        totals.add(
                                new Claimed(
                                        id,
                                        claim.claimant(),
                                        claim.statedOn(),
                                        new Scope(
                                                total.from(),
                                                total.to(),
                                                total.categories(),
                                                total.since() == null
                                                        ? BEGINNING
                                                        : total.since().first(),
                                                until.last(),
                                                total.agreement()),
                                        total.quantity()));
                    }
                });
        return totals;
    }

    RealData with(List<Line> others) {
        return new RealData(others, totals);
    }

    RealData saying(List<Claimed> others) {
        return new RealData(lines, others);
    }

    static Days days(List<Line> lines) {
        return Days.none()
                .plus(
                        lines.stream()
                                .map(it -> new Sum(it.day(), it.what(), it.figure(), it.hashCode()))
                                .toList(),
                        Map.of());
    }

    Map<String, Finding> findings() {
        return Series.of(totals, days(lines));
    }

    List<Explanation> explanations(String claim) {
        return explanations(claim, Excerpt.whole(lines));
    }

    List<Explanation> explanations(String claim, Excerpt excerpt) {
        Finding finding = Objects.requireNonNull(findings().get(claim));
        Days days = days(lines);
        return Explainer.explain(Explainer.Question.of(finding, days, null), days, excerpt);
    }
}
