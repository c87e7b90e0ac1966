package parley.ledger.fold;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.contract.Exchange;
import parley.contract.Statement;
import parley.contract.Transfer;

/// Where the statements of a case stand, what they amount to, and what of it has changed.
///
/// A change costs what it touches: a merge moves the claims of the exchanges that it concerns, and
/// nothing else of the case is looked at.
final class Standings {
    /// Measured: an exchange of two transfers and one source, with its entries.
    private static final int STATEMENT_BYTES = 4_600;

    private final Map<Kind, Map<String, Standing>> standings = new EnumMap<>(Kind.class);
    private final Merges merges = new Merges(this::isReported);

    /// By the exchange that they name, merges not followed.
    private final Map<String, Set<Standing>> claims = new HashMap<>();

    private final Map<Subject, Readings> readings = new HashMap<>();

    /// What a claim bears on: the exchange at the end of the chain, as far as it is of the claim's
    /// own conflict. What another conflict's readers hold does not hang on it.
    private record Subject(String exchange, String conflict) {}

    /// With what was held of each.
    private Map<Standing, Optional<Known<Edition>>> changed = new LinkedHashMap<>();

    private Set<String> changedExchanges = new LinkedHashSet<>();
    private boolean hasSetAside;

    @Nullable Standing get(Kind kind, String subject) {
        return standings.getOrDefault(kind, Map.of()).get(subject);
    }

    /// What it keeps takes about so many bytes of memory.
    long bytes() {
        long statements = standings.values().stream().mapToInt(Map::size).sum();
        return STATEMENT_BYTES * statements
                + readings.values().stream().mapToLong(Readings::bytes).sum();
    }

    /// Keeps of the claims only what counts of what they say.
    void setAside() {
        Map<String, Standing> made = standings.getOrDefault(Kind.CLAIM, Map.of());
        if (!made.isEmpty()) {
            standings.remove(Kind.CLAIM);
            claims.clear();
            readings.values().forEach(Readings::setAside);
            hasSetAside = true;
        }
    }

    /// Keeps a claim again that was set aside. Where exchanges are merged, it does not tell since
    /// when it is about the one that it is about now.
    ///
    /// @throws SetAsideException where exchanges are merged
    void recall(Standing claim) {
        if (!merges.isEmpty()) {
            throw new SetAsideException();
        }
        put(claim);
        index(claim);
    }

    /// A thing is stated for the first time. What was merged into it before moves to it now.
    ///
    /// @throws SetAsideException where that may concern claims that are set aside
    void report(Kind kind, LoggedEvent event, Statement statement) {
        var standing = new Standing(kind, event, statement);
        if (kind == Kind.EXCHANGE) {
            if (hasSetAside && !merges.isEmpty()) {
                throw new SetAsideException();
            }
            regroup(standing.subject(), () -> put(standing));
        } else {
            put(standing);
            enter(standing);
        }
    }

    private void put(Standing standing) {
        standings
                .computeIfAbsent(standing.kind(), _ -> new HashMap<>())
                .put(standing.subject(), standing);
    }

    void restate(Standing standing, LoggedEvent event, Statement statement) {
        leave(standing);
        standing.stated = Stated.of(event, statement);
        standing.retracted = false;
        standing.changedBy(event);
        enter(standing);
    }

    void retract(Standing standing, LoggedEvent event) {
        leave(standing);
        standing.retracted = true;
        standing.changedBy(event);
        enter(standing);
    }

    /// Merges the exchange into another, unless that would make a ring.
    ///
    /// @throws SetAsideException where claims are set aside, which may move
    boolean merge(Standing exchange, LoggedEvent event, String target) {
        if (merges.leads(target, exchange.subject())) {
            return false;
        }
        if (hasSetAside) {
            throw new SetAsideException();
        }
        touch(exchange);
        exchange.changedBy(event);
        regroup(exchange.subject(), () -> merges.merge(exchange.subject(), target));
        return true;
    }

    /// What changed since the last call, with what was held of it.
    Map<Standing, Optional<Known<Edition>>> takeChanged() {
        var taken = changed;
        changed = new LinkedHashMap<>();
        return taken;
    }

    /// The entries, as they are now, of each exchange that changed since the last call.
    Map<String, List<Entry>> takeChangedEntries() {
        var entries = new LinkedHashMap<String, List<Entry>>();
        changedExchanges.forEach(exchange -> entries.put(exchange, entries(exchange)));
        changedExchanges = new LinkedHashSet<>();
        return entries;
    }

    private boolean isReported(String exchange) {
        return get(Kind.EXCHANGE, exchange) != null;
    }

    /// Makes a change after which the chain of an exchange, and of all that lead to it, may end
    /// elsewhere.
    private void regroup(String exchange, Runnable change) {
        var moving = new ArrayList<Standing>();
        List<String> group = merges.group(exchange);
        for (String one : group) {
            moving.addAll(claims.getOrDefault(one, Set.of()));
        }
        touchExchanges(group);
        moving.forEach(this::leave);
        change.run();
        moving.forEach(this::enter);
        touchExchanges(group);
    }

    private void touchExchanges(List<String> exchanges) {
        for (String one : exchanges) {
            Standing standing = get(Kind.EXCHANGE, one);
            if (standing != null) {
                touch(standing);
            }
        }
    }

    private void enter(Standing standing) {
        touch(standing);
        String about = standing.stated.about();
        if (about != null) {
            index(standing);
            Reading reading = standing.stated.reading();
            if (reading != null && !standing.retracted) {
                readings(merges.end(about), standing.stated.conflict()).add(reading);
            }
        }
    }

    private void index(Standing claim) {
        String about = claim.stated.about();
        if (about != null) {
            claims.computeIfAbsent(about, _ -> new LinkedHashSet<>()).add(claim);
        }
    }

    private void leave(Standing standing) {
        touch(standing);
        String about = standing.stated.about();
        if (about != null) {
            claims.getOrDefault(about, Set.of()).remove(standing);
            Reading reading = standing.stated.reading();
            if (reading != null && !standing.retracted) {
                readings(merges.end(about), standing.stated.conflict()).remove(reading);
            }
        }
    }

    /// Comes before each change, to note what was held, and after it.
    private void touch(Standing standing) {
        if (!changed.containsKey(standing)) {
            changed.put(
                    standing,
                    Optional.ofNullable(standing.since)
                            .map(since -> new Known<>(edition(standing), since, null)));
        }
        String about = standing.stated.about();
        if (about != null) {
            changedExchanges.add(merges.end(about));
        } else if (standing.kind() == Kind.EXCHANGE) {
            changedExchanges.add(standing.subject());
        }
    }

    private Readings readings(String exchange, String conflict) {
        return readings.computeIfAbsent(new Subject(exchange, conflict), _ -> new Readings());
    }

    private List<Entry> entries(String subject) {
        Standing standing = get(Kind.EXCHANGE, subject);
        if (standing == null
                || standing.retracted
                || merges.target(subject) != null
                || standing.stated.exchange() == null) {
            return List.of();
        }
        Exchange exchange = standing.stated.exchange();
        var entries = new ArrayList<Entry>();
        for (int leg = 0; leg < exchange.transfers().size(); leg++) {
            Transfer transfer = exchange.transfers().get(leg);
            entries.add(
                    new Entry(
                            standing.stated.when().at(),
                            leg,
                            exchange.conflict(),
                            subject,
                            exchange.occurredOn().last(),
                            transfer.direction(),
                            exchange.agreementOf(transfer),
                            transfer.quantity(),
                            readings(subject, exchange.conflict()).figure(transfer)));
        }
        return entries;
    }

    /// What is held of it now.
    Edition edition(Standing standing) {
        String subject = standing.subject();
        String target = standing.kind() == Kind.EXCHANGE ? merges.target(subject) : null;
        Status status =
                target != null
                        ? Status.MERGED
                        : standing.retracted ? Status.RETRACTED : Status.STANDING;
        String about = standing.stated.about();
        return Edition.of(standing, status, target, about == null ? null : merges.end(about));
    }
}
