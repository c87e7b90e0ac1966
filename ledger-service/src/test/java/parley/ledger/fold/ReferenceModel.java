package parley.ledger.fold;

import java.time.Instant;
import java.time.LocalDate;
import java.util.*;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.contract.*;
import parley.contract.LedgerEvent.ExchangeMerged;

/// The contract's rules on totals, plain and slow: what the log then held is walked in its order.
public final class ReferenceModel {
    private final Map<String, List<Party>> conflicts = new HashMap<>();
    private final Map<String, String> owners = new HashMap<>(); // of all that was ever reported
    private final LinkedHashMap<String, LoggedEvent> standing = new LinkedHashMap<>();
    private final Map<String, String> merges = new HashMap<>();

    public static PartyTotals totals(Collection<LoggedEvent> log, LocalDate asOf, Instant knownAt) {
        var model = new ReferenceModel();
        var names = new HashSet<LoggedEvent.Name>();
        var held = new ArrayList<>(log);
        held.sort(LoggedEvent.LOG_ORDER);
        held.removeIf(it -> it.recordedAt().isAfter(knownAt) || !names.add(it.name()));
        held.forEach(event -> model.define(event.envelope(), event.content()));
        held.forEach(event -> model.take(event.envelope(), event));
        return model.sum(asOf);
    }

    private void define(Envelope sent, LedgerEvent event) {
        if (event.statement() instanceof Conflict it && sent.authority() == Authority.EDITOR) {
            conflicts.computeIfAbsent(sent.subject(), _ -> new ArrayList<>()).addAll(it.parties());
        }
    }

    private void take(Envelope sent, LoggedEvent event) {
        String id = sent.type().wire().split("\\.", 2)[0] + sent.subject();
        boolean isEditors = sent.authority() == Authority.EDITOR;
        String owner = owners.get(id);
        boolean may = owner != null && (isEditors || owner.equals(sent.source()));
        if (event.content() instanceof ExchangeMerged(String into, _) && may && isEditors) {
            if (chain(into).noneMatch(sent.subject()::equals)) {
                merges.put(sent.subject(), into);
            }
        } else if (sent.type().wire().endsWith(".retracted") && may) {
            standing.remove(id);
        } else if (fits(event) && (event.content().reason() == null ? owner == null : may)) {
            owners.putIfAbsent(id, sent.source());
            standing.putLast(id, event);
        }
    }

    private boolean fits(LoggedEvent event) {
        if (event.content().statement() instanceof Exchange it) {
            return it.transfers().stream().allMatch(t -> fits(it.conflict(), t.from(), t.to()));
        }
        return event.content().statement() instanceof Claim it
                && switch (it.assertion()) {
                    case Assertion.Count said -> fits(it.conflict(), said.from(), said.to());
                    case Assertion.Misidentified m -> fits(it.conflict(), m.from(), m.to());
                    default -> conflicts.containsKey(it.conflict());
                };
    }

    private boolean fits(String conflict, String from, String to) {
        var two = new ArrayList<>(conflicts.getOrDefault(conflict, List.of()));
        two.removeIf(it -> !it.party().equals(from) && !it.party().equals(to));
        return two.stream().map(Party::party).distinct().count() == 2
                && two.stream().anyMatch(it -> it.role() == Role.SIDE);
    }

    private Stream<String> chain(@Nullable String exchange) {
        return Stream.iterate(exchange, Objects::nonNull, merges::get);
    }

    private @Nullable String end(@Nullable String exchange) {
        var reported = chain(exchange).filter(it -> owners.containsKey("exchange" + it));
        return reported.reduce(exchange, (_, further) -> further);
    }

    private PartyTotals sum(LocalDate asOf) {
        var totals = new PartyTotals();
        for (LoggedEvent event : standing.values()) {
            String id = event.envelope().subject();
            if (event.content().statement() instanceof Exchange it
                    && id.equals(end(id))
                    && !it.occurredOn().last().isAfter(asOf)) {
                ReferenceFigure.post(id, it, claims(id, it.conflict()), totals);
            }
        }
        return totals;
    }

    private List<Claim> claims(String exchange, String conflict) {
        var statements = standing.values().stream().map(it -> it.content().statement());
        var claims = statements.filter(Claim.class::isInstance).map(Claim.class::cast);
        return claims.filter(it -> it.conflict().equals(conflict))
                .filter(it -> exchange.equals(end(it.about().exchange())))
                .toList();
    }
}
