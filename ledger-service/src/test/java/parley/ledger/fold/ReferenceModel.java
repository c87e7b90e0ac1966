package parley.ledger.fold;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.contract.Agreement;
import parley.contract.Assertion;
import parley.contract.Assertion.Count;
import parley.contract.Assertion.Denial;
import parley.contract.Assertion.Misidentified;
import parley.contract.Assertion.Total;
import parley.contract.Authority;
import parley.contract.Claim;
import parley.contract.Conflict;
import parley.contract.Direction;
import parley.contract.Exchange;
import parley.contract.LedgerEvent.ExchangeMerged;
import parley.contract.Quantity;
import parley.contract.Role;
import parley.contract.Statement;
import parley.contract.Transfer;
import parley.ledger.fold.Definitions.Definition;

/// The entries that stand at one moment, as CONTRACT.md has them: slow, and no kin of [CaseFold].
final class ReferenceModel {
    /// What is said of one thing, by the event that states it now.
    private record Said(Statement statement, String owner, LoggedEvent event, boolean stands) {}

    private final Map<String, Map<String, Role>> parties = new HashMap<>();
    private final Map<String, Said> said = new HashMap<>(); // by e.g. "exchange x"
    private final List<LoggedEvent> merges = new ArrayList<>();
    private final Map<String, String> into = new HashMap<>();

    static Set<Entry> entries(
            Collection<LoggedEvent> log, Map<String, List<Definition>> defined, Instant moment) {
        var model = new ReferenceModel();
        defined.forEach((conflict, all) -> all.forEach(it -> model.define(conflict, it, moment)));
        var names = new HashSet<List<String>>();
        log.stream()
                .filter(event -> !event.recordedAt().isAfter(moment))
                .sorted(LoggedEvent.LOG_ORDER)
                .filter(it -> names.add(List.of(source(it), subject(it), it.envelope().id())))
                .forEach(model::read);
        model.merges.forEach(model::merge);
        return model.entries();
    }

    private void define(String conflict, Definition definition, Instant moment) {
        if (!definition.from().isAfter(moment)) {
            var known = parties.computeIfAbsent(conflict, _ -> new HashMap<>());
            for (var party : definition.conflict().parties()) {
                known.merge(party.party(), party.role(), (a, b) -> a == b ? a : Role.SIDE);
            }
        }
    }

    private void read(LoggedEvent event) {
        String[] type = event.envelope().type().wire().split("\\.", -1);
        String thing = type[0] + " " + subject(event);
        boolean editor = event.envelope().authority() == Authority.EDITOR;
        Said old = said.get(thing);
        Statement statement = event.content().statement();
        if (statement != null && !fits(statement)) {
            return;
        }
        if (old == null) {
            if (statement != null && !type[1].equals("corrected")) {
                said.put(thing, new Said(statement, source(event), event, true));
            }
        } else if (editor && type[1].equals("merged")) {
            merges.add(event);
        } else if (editor || source(event).equals(old.owner)) {
            if (statement != null && type[1].equals("corrected")) {
                said.put(thing, new Said(statement, old.owner, event, true));
            } else if (type[1].equals("retracted")) {
                said.put(thing, new Said(old.statement, old.owner, old.event, false));
            }
        }
    }

    private boolean fits(Statement statement) {
        return switch (statement) {
            case Conflict _ -> true;
            case Agreement it ->
                    it.commitments().stream().allMatch(c -> fits(it.conflict(), c.direction()));
            case Exchange it ->
                    it.transfers().stream().allMatch(t -> fits(it.conflict(), t.direction()));
            case Claim it ->
                    switch (it.assertion()) {
                        case Count count -> fits(it.conflict(), count.direction());
                        case Misidentified some -> fits(it.conflict(), some.direction());
                        case Total(_, _, _, _, _, var some, var from, var to, _, _, _)
                                when from != null && to != null ->
                                fits(it.conflict(), new Direction(from, to, some.getFirst()));
                        default -> parties.containsKey(it.conflict());
                    };
        };
    }

    private boolean fits(String conflict, Direction direction) {
        Map<String, Role> known = parties.getOrDefault(conflict, Map.of());
        var roles = Stream.of(direction.from(), direction.to()).map(known::get).toList();
        return !roles.contains(null) && roles.contains(Role.SIDE);
    }

    /// A merge replaces the one before it, unless it would close a ring.
    private void merge(LoggedEvent event) {
        String target = ((ExchangeMerged) event.content()).into();
        for (String next = target; next != null; next = into.get(next)) {
            if (next.equals(subject(event))) {
                return;
            }
        }
        into.put(subject(event), target);
    }

    /// What the exchange is merged into, once that is reported; until then it counts by itself.
    private @Nullable String merged(String exchange) {
        String target = into.get(exchange);
        return said.containsKey("exchange " + target) ? target : null;
    }

    private @Nullable String end(@Nullable String exchange) {
        String next = exchange == null ? null : merged(exchange);
        return next == null ? exchange : end(next);
    }

    private Set<Entry> entries() {
        return said.values().stream()
                .filter(it -> it.stands && it.statement instanceof Exchange)
                .filter(it -> merged(subject(it.event)) == null)
                .flatMap(it -> entries(it, (Exchange) it.statement))
                .collect(Collectors.toSet());
    }

    private Stream<Entry> entries(Said it, Exchange exchange) {
        List<Transfer> transfers = exchange.transfers();
        return IntStream.range(0, transfers.size())
                .mapToObj(
                        leg ->
                                new Entry(
                                        it.event.at(),
                                        leg,
                                        exchange.conflict(),
                                        subject(it.event),
                                        exchange.occurredOn().last(),
                                        transfers.get(leg).direction(),
                                        exchange.agreementOf(transfers.get(leg)),
                                        transfers.get(leg).quantity(),
                                        figure(transfers.get(leg), subject(it.event))));
    }

    private Figure figure(Transfer transfer, String exchange) {
        Direction direction = transfer.direction();
        var figures = new ArrayList<>(figures(transfer.quantity()));
        int[] denied = {0};
        newest(exchange, it -> it instanceof Count count && count.direction().equals(direction))
                .forEach(it -> figures.addAll(figures(((Count) it.assertion()).quantity())));
        newest(exchange, it -> disputes(it, direction))
                .forEach(it -> denied[0] = Math.max(denied[0], denied(it)));
        int high = figures.stream().mapToInt(it -> it).max().orElse(0);
        if (transfer.count() == null) {
            return new Figure(0, 0, high, 0, 1);
        }
        int low = figures.stream().mapToInt(it -> it).min().orElseThrow();
        return new Figure(transfer.count(), low, high, Math.min(denied[0], transfer.count()), 0);
    }

    private static List<Integer> figures(Quantity quantity) {
        return Stream.of(quantity.count(), quantity.low(), quantity.high())
                .filter(Objects::nonNull)
                .toList();
    }

    private static boolean disputes(Assertion it, Direction direction) {
        return switch (it) {
            case Denial denial -> denial.claim() == null;
            case Misidentified some -> some.direction().equals(direction);
            default -> false;
        };
    }

    private static int denied(Claim claim) {
        Integer count =
                claim.assertion() instanceof Misidentified some
                        ? some.count()
                        : ((Denial) claim.assertion()).count();
        return count == null ? Integer.MAX_VALUE : count;
    }

    /// The newest of each claimant among the standing claims of a kind about an exchange.
    private Stream<Claim> newest(String exchange, Predicate<Assertion> kind) {
        Comparator<Said> age = Comparator.comparing(it -> claim(it).statedOn().last());
        return said.values().stream()
                .filter(it -> it.stands && it.statement instanceof Claim)
                .filter(it -> kind.test(claim(it).assertion()))
                .filter(it -> exchange.equals(end(claim(it).about().exchange())))
                .filter(it -> claim(it).conflict().equals(conflictOf(exchange)))
                .collect(
                        Collectors.toMap(
                                it -> claim(it).claimant().name(),
                                Function.identity(),
                                BinaryOperator.maxBy(
                                        age.thenComparing(Said::event, LoggedEvent.LOG_ORDER))))
                .values()
                .stream()
                .map(ReferenceModel::claim);
    }

    private String conflictOf(String exchange) {
        return ((Exchange) Objects.requireNonNull(said.get("exchange " + exchange)).statement)
                .conflict();
    }

    private static Claim claim(Said it) {
        return (Claim) it.statement;
    }

    private static String source(LoggedEvent event) {
        return event.envelope().source();
    }

    private static String subject(LoggedEvent event) {
        return event.envelope().subject();
    }
}
