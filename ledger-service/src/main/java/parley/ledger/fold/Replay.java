package parley.ledger.fold;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parley.contract.Agreement;
import parley.contract.Authority;
import parley.contract.Claim;
import parley.contract.Conflict;
import parley.contract.Exchange;
import parley.contract.LedgerEvent.AgreementCorrected;
import parley.contract.LedgerEvent.AgreementReported;
import parley.contract.LedgerEvent.AgreementRetracted;
import parley.contract.LedgerEvent.ClaimCorrected;
import parley.contract.LedgerEvent.ClaimMade;
import parley.contract.LedgerEvent.ClaimRetracted;
import parley.contract.LedgerEvent.ConflictDefined;
import parley.contract.LedgerEvent.ExchangeCorrected;
import parley.contract.LedgerEvent.ExchangeMerged;
import parley.contract.LedgerEvent.ExchangeReported;
import parley.contract.LedgerEvent.ExchangeRetracted;
import parley.contract.Statement;
import parley.contract.Transfer;
import parley.ledger.fold.Outcome.Applied;
import parley.ledger.fold.Outcome.Duplicate;
import parley.ledger.fold.Outcome.Rejected;

/// A case, event by event in the order of the log.
final class Replay {
    private static final Outcome APPLIED = new Applied();

    private final Function<LoggedEvent, @Nullable Rejected> refusal;
    private final Map<LoggedEvent.Name, LoggedEvent> named = new HashMap<>();
    private final Map<Edition.Key, Standing> standings = new LinkedHashMap<>();
    private final Map<String, Readings> readings = new HashMap<>();
    private final Merges merges = new Merges(this::isReported);
    private final Map<Coordinates, Outcome> outcomes = new HashMap<>();

    private final Set<Edition.Key> changedEditions = new LinkedHashSet<>();
    private final Set<String> changedExchanges = new LinkedHashSet<>();

    /// @param refusal why an event does not fit the definitions of its conflict, or null
    Replay(Function<LoggedEvent, @Nullable Rejected> refusal) {
        this.refusal = refusal;
    }

    void apply(LoggedEvent event) {
        LoggedEvent earlier = named.putIfAbsent(event.name(), event);
        outcomes.put(event.at(), earlier == null ? judge(event) : again(event, earlier));
    }

    Map<Coordinates, Outcome> outcomes() {
        return outcomes;
    }

    /// What changed since the last call; null: it is no longer there.
    Map<Edition.Key, Edition> takeChangedEditions() {
        var changed = new LinkedHashMap<Edition.Key, Edition>();
        for (Edition.Key key : changedEditions) {
            Standing standing = standings.get(key);
            if (standing != null) {
                changed.put(key, edition(standing));
            }
        }
        changedEditions.clear();
        return changed;
    }

    /// The entries, as they are now, of each exchange that changed since the last call.
    Map<String, List<Entry>> takeChangedEntries() {
        var changed = new LinkedHashMap<String, List<Entry>>();
        for (String exchange : changedExchanges) {
            String end = merges.end(exchange);
            changed.computeIfAbsent(exchange, this::entries);
            changed.computeIfAbsent(end, this::entries);
        }
        changedExchanges.clear();
        return changed;
    }

    /// Counts everything as changed.
    void touchAll() {
        changedEditions.addAll(standings.keySet());
        standings.values().stream()
                .filter(standing -> standing.kind == Kind.EXCHANGE)
                .map(Standing::subject)
                .forEach(changedExchanges::add);
    }

    private Outcome again(LoggedEvent event, LoggedEvent earlier) {
        return earlier.saysTheSameAs(event)
                ? new Duplicate(earlier.at())
                : rejected(
                        ("The event `%s` was sent before and said something else: a new event needs"
                                        + " a new id.")
                                .formatted(event.envelope().id()));
    }

    private Outcome judge(LoggedEvent event) {
        Rejected refused = refusal.apply(event);
        if (refused != null) {
            return refused;
        }
        return switch (event.content()) {
            case ConflictDefined(Conflict conflict) -> define(event, conflict);
            case ExchangeReported(Exchange exchange) -> report(event, Kind.EXCHANGE, exchange);
            case ExchangeCorrected(_, Exchange exchange) -> correct(event, Kind.EXCHANGE, exchange);
            case ExchangeRetracted _ -> retract(event, Kind.EXCHANGE);
            case ExchangeMerged(String into, _) -> merge(event, into);
            case AgreementReported(Agreement agreement) -> report(event, Kind.AGREEMENT, agreement);
            case AgreementCorrected(_, Agreement agreement) ->
                    correct(event, Kind.AGREEMENT, agreement);
            case AgreementRetracted _ -> retract(event, Kind.AGREEMENT);
            case ClaimMade(Claim claim) -> report(event, Kind.CLAIM, claim);
            case ClaimCorrected(_, Claim claim) -> correct(event, Kind.CLAIM, claim);
            case ClaimRetracted _ -> retract(event, Kind.CLAIM);
        };
    }

    private Outcome define(LoggedEvent event, Conflict conflict) {
        if (event.envelope().authority() != Authority.EDITOR) {
            return rejected("Only an editor may define a conflict.");
        }
        Standing standing = standing(event, Kind.CONFLICT);
        if (standing == null) {
            return report(event, Kind.CONFLICT, conflict);
        }
        restate(standing, event, conflict);
        return APPLIED;
    }

    private Outcome report(LoggedEvent event, Kind kind, Statement statement) {
        if (standing(event, kind) != null) {
            return rejected(
                    "The %s `%s` was reported already: correct it instead."
                            .formatted(kind.word(), event.envelope().subject()));
        }
        var standing = new Standing(kind, event, statement);
        standings.put(standing.key(), standing);
        read(standing);
        touch(standing);
        if (kind == Kind.EXCHANGE && !merges.isEmpty()) {
            touchAll(); // What was merged into it before it was reported takes effect now.
        }
        return APPLIED;
    }

    private Outcome correct(LoggedEvent event, Kind kind, Statement statement) {
        return changing(event, kind, standing -> restate(standing, event, statement));
    }

    private Outcome retract(LoggedEvent event, Kind kind) {
        return changing(
                event,
                kind,
                standing -> {
                    unread(standing);
                    standing.retracted = true;
                    standing.changedBy(event);
                    touch(standing);
                });
    }

    private Outcome merge(LoggedEvent event, String into) {
        String exchange = event.envelope().subject();
        if (event.envelope().authority() != Authority.EDITOR) {
            return rejected("Only an editor may merge exchanges.");
        }
        Standing standing = standing(event, Kind.EXCHANGE);
        if (standing == null) {
            return unreported(event, Kind.EXCHANGE);
        }
        if (!merges.merge(exchange, into)) {
            return rejected(
                    ("Merging `%s` into `%s` would make a ring: the latter is merged into the"
                                    + " former.")
                            .formatted(exchange, into));
        }
        standing.changedBy(event);
        touchAll();
        return APPLIED;
    }

    private Outcome changing(LoggedEvent event, Kind kind, Consumer<Standing> change) {
        Standing standing = standing(event, kind);
        if (standing == null) {
            return unreported(event, kind);
        }
        if (!standing.mayBeChangedBy(event)) {
            return rejected(
                    ("The %s `%s` is the statement of another publisher: only that publisher or an"
                                    + " editor may change it.")
                            .formatted(kind.word(), standing.subject()));
        }
        change.accept(standing);
        return APPLIED;
    }

    private void restate(Standing standing, LoggedEvent event, Statement statement) {
        unread(standing);
        touch(standing);
        standing.statement = statement;
        standing.stating = event;
        standing.retracted = false;
        standing.changedBy(event);
        read(standing);
        touch(standing);
    }

    private static Outcome unreported(LoggedEvent event, Kind kind) {
        return rejected(
                "No %s `%s` was reported before."
                        .formatted(kind.word(), event.envelope().subject()));
    }

    private static Outcome rejected(String sentence) {
        return new Rejected(sentence, null);
    }

    private @Nullable Standing standing(LoggedEvent event, Kind kind) {
        return standings.get(new Edition.Key(kind, event.envelope().subject()));
    }

    private boolean isReported(String exchange) {
        return standings.containsKey(new Edition.Key(Kind.EXCHANGE, exchange));
    }

    private void touch(Standing standing) {
        changedEditions.add(standing.key());
        String about = standing.exchange();
        if (about != null) {
            changedExchanges.add(about);
        } else if (standing.kind == Kind.EXCHANGE) {
            changedExchanges.add(standing.subject());
        }
    }

    private void read(Standing standing) {
        if (standing.statement instanceof Claim claim && claim.about().exchange() != null) {
            readings.computeIfAbsent(claim.about().exchange(), _ -> new Readings())
                    .add(claim, standing.stating);
        }
    }

    private void unread(Standing standing) {
        if (standing.statement instanceof Claim claim && !standing.retracted) {
            Readings said = readings.get(String.valueOf(claim.about().exchange()));
            if (said != null) {
                said.remove(claim, standing.stating);
            }
        }
    }

    private List<Entry> entries(String subject) {
        Standing standing = standings.get(new Edition.Key(Kind.EXCHANGE, subject));
        if (standing == null
                || standing.retracted
                || merges.target(subject) != null
                || !(standing.statement instanceof Exchange exchange)) {
            return List.of();
        }
        Collection<Readings> said =
                merges.group(subject).stream().map(readings::get).filter(Objects::nonNull).toList();
        var entries = new ArrayList<Entry>();
        for (int leg = 0; leg < exchange.transfers().size(); leg++) {
            Transfer transfer = exchange.transfers().get(leg);
            entries.add(
                    new Entry(
                            standing.stating.at(),
                            leg,
                            exchange.conflict(),
                            subject,
                            exchange.occurredOn().last(),
                            transfer.direction(),
                            exchange.agreementOf(transfer),
                            transfer.quantity(),
                            Readings.figure(transfer, said)));
        }
        return entries;
    }

    private Edition edition(Standing standing) {
        String subject = standing.subject();
        String target = standing.kind == Kind.EXCHANGE ? merges.target(subject) : null;
        Status status =
                target != null
                        ? Status.MERGED
                        : standing.retracted ? Status.RETRACTED : Status.STANDING;
        String about = standing.exchange();
        return Edition.of(standing, status, target, about == null ? null : merges.end(about));
    }
}
