package parley.ledger.fold;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.*;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.contract.*;
import parley.contract.Assertion.Count;
import parley.contract.Assertion.Misidentified;
import parley.contract.LedgerEvent.ExchangeMerged;

/// The contract's rules on totals, plain and slow: what the log then held is walked in its order.
public final class ReferenceModel {
    private final Map<String, List<Party>> conflicts = new HashMap<>();
    private final Map<String, String> owners = new HashMap<>(); // of all that was ever reported
    private final Map<String, LoggedEvent> standing = new HashMap<>();
    private final Map<String, String> merges = new HashMap<>();

    public static PartyTotals totals(Collection<LoggedEvent> log, LocalDate asOf, Instant knownAt) {
        var model = new ReferenceModel();
        var names = new HashSet<LoggedEvent.Name>();
        var held = new ArrayList<>(log);
        held.removeIf(event -> event.recordedAt().isAfter(knownAt));
        held.sort(LoggedEvent.LOG_ORDER);
        held.removeIf(event -> !names.add(event.name()));
        held.forEach(event -> model.define(event.envelope(), event.content().statement()));
        held.forEach(event -> model.take(event.envelope(), event));
        return model.sum(asOf);
    }

    private void define(Envelope sent, @Nullable Statement statement) {
        if (statement instanceof Conflict it && sent.authority() == Authority.EDITOR) {
            conflicts.computeIfAbsent(sent.subject(), _ -> new ArrayList<>()).addAll(it.parties());
        }
    }

    private void take(Envelope sent, LoggedEvent event) {
        String[] words = sent.type().wire().split("\\.", 2);
        String id = words[0] + sent.subject();
        boolean isEditors = sent.authority() == Authority.EDITOR;
        boolean may = owners.containsKey(id) && (isEditors || sent.source().equals(owners.get(id)));
        if (event.content() instanceof ExchangeMerged(String into, _) && may && isEditors) {
            if (chain(into).noneMatch(sent.subject()::equals)) {
                merges.put(sent.subject(), into);
            }
        } else if (words[1].equals("retracted") && may) {
            standing.remove(id);
        } else if (fits(event.content().statement())) {
            boolean isNew = !words[1].equals("corrected");
            if (isNew ? owners.putIfAbsent(id, sent.source()) == null : may) {
                standing.put(id, event);
            }
        }
    }

    private boolean fits(@Nullable Statement statement) {
        return switch (statement) {
            case Exchange it ->
                    it.transfers().stream().allMatch(of -> fits(it.conflict(), of.direction()));
            case Claim it when it.assertion() instanceof Count of ->
                    fits(it.conflict(), of.direction());
            case Claim it when it.assertion() instanceof Misidentified of ->
                    fits(it.conflict(), of.direction());
            case Claim it -> conflicts.containsKey(it.conflict());
            case null, default -> false;
        };
    }

    private boolean fits(String conflict, Direction direction) {
        var parties = new ArrayList<>(conflicts.getOrDefault(conflict, List.of()));
        parties.removeIf(it -> !Set.of(direction.from(), direction.to()).contains(it.party()));
        return parties.stream().map(Party::party).distinct().count() == 2
                && parties.stream().map(Party::role).anyMatch(Role.SIDE::equals);
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
            if (event.content().statement() instanceof Exchange exchange
                    && id.equals(end(id))
                    && !exchange.occurredOn().last().isAfter(asOf)) {
                for (Transfer transfer : exchange.transfers()) {
                    Figure figure = ReferenceFigure.of(transfer, claims(id, exchange.conflict()));
                    totals.post(exchange.conflict(), id, transfer.direction(), figure);
                }
            }
        }
        return totals;
    }

    private List<Claim> claims(String exchange, String conflict) {
        var claims = new ArrayList<Claim>();
        for (LoggedEvent event :
                standing.values().stream().sorted(LoggedEvent.LOG_ORDER).toList()) {
            if (event.content().statement() instanceof Claim claim
                    && claim.conflict().equals(conflict)
                    && exchange.equals(end(claim.about().exchange()))) {
                claims.add(claim);
            }
        }
        claims.sort(comparing(claim -> claim.statedOn().last())); // Of one day, by the log.
        return claims;
    }
}
