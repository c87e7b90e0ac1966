package parley.ledger.fold;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
import parley.ledger.fold.Names.Earlier;
import parley.ledger.fold.Outcome.Applied;
import parley.ledger.fold.Outcome.Duplicate;
import parley.ledger.fold.Outcome.Rejected;

/// A case, event by event in the order of the log: what may be said, and by whom.
final class Replay {
    private static final Outcome APPLIED = new Applied();

    private final Names names = new Names();
    private final Standings standings = new Standings();
    private List<Judged> judged = new ArrayList<>();

    /// Applies the next event.
    ///
    /// @param refused why it does not fit the definitions of its conflict, or null
    void apply(LoggedEvent event, @Nullable Rejected refused) {
        judged.add(new Judged(event.at(), outcome(event, names.meet(event), refused)));
    }

    /// What became of the events since the last call.
    List<Judged> takeJudged() {
        var taken = judged;
        judged = new ArrayList<>();
        return taken;
    }

    /// Where the statements stand after the events so far.
    Standings standings() {
        return standings;
    }

    /// Keeps the events themselves no longer.
    void layBy() {
        names.layBy();
    }

    /// Keeps not even their names, and of the claims only what counts of what they say.
    void setAside() {
        names.forget();
        standings.setAside();
    }

    /// Knows again what was set aside of a claim.
    ///
    /// @param events about its subject, in the order of the log
    /// @param claim what they alone amount to; null: no claim
    /// @throws SetAsideException where that does not tell enough
    void recall(List<LoggedEvent> events, @Nullable Standing claim) {
        events.forEach(names::meet);
        if (claim != null) {
            standings.recall(claim);
        }
    }

    private Outcome outcome(
            LoggedEvent event, @Nullable Earlier earlier, @Nullable Rejected refused) {
        if (earlier != null) {
            return again(event, earlier);
        }
        return refused != null ? refused : judge(event);
    }

    private Outcome again(LoggedEvent event, Earlier earlier) {
        return earlier.saysTheSame()
                ? new Duplicate(earlier.at())
                : rejected(
                        ("The event `%s` was sent before and said something else: a new event needs"
                                        + " a new id.")
                                .formatted(event.envelope().id()));
    }

    private Outcome judge(LoggedEvent event) {
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
        standings.restate(standing, event, conflict);
        return APPLIED;
    }

    private Outcome report(LoggedEvent event, Kind kind, Statement statement) {
        if (standing(event, kind) != null) {
            return rejected(
                    "The %s `%s` was reported already: correct it instead."
                            .formatted(kind.word(), event.envelope().subject()));
        }
        standings.report(kind, event, statement);
        return APPLIED;
    }

    private Outcome correct(LoggedEvent event, Kind kind, Statement statement) {
        return changing(event, kind, standing -> standings.restate(standing, event, statement));
    }

    private Outcome retract(LoggedEvent event, Kind kind) {
        return changing(event, kind, standing -> standings.retract(standing, event));
    }

    private Outcome merge(LoggedEvent event, String into) {
        if (event.envelope().authority() != Authority.EDITOR) {
            return rejected("Only an editor may merge exchanges.");
        }
        Standing standing = standing(event, Kind.EXCHANGE);
        if (standing == null) {
            return unreported(event, Kind.EXCHANGE);
        }
        if (!standings.merge(standing, event, into)) {
            return rejected(
                    ("Merging `%s` into `%s` would make a ring: the latter is merged into the"
                                    + " former.")
                            .formatted(standing.subject(), into));
        }
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

    private static Outcome unreported(LoggedEvent event, Kind kind) {
        return rejected(
                "No %s `%s` was reported before."
                        .formatted(kind.word(), event.envelope().subject()));
    }

    private static Outcome rejected(String sentence) {
        return new Rejected(sentence, null);
    }

    private @Nullable Standing standing(LoggedEvent event, Kind kind) {
        return standings.get(kind, event.envelope().subject());
    }
}
