package parley.ledger.reconciliation;

import java.time.LocalDate;
import java.util.List;
import parley.ledger.reconciliation.Explainer.Asked;
import parley.ledger.reconciliation.Scope.What;

/// What lies one step outside of a scope, and so may have been counted with it: of another
/// category, agreement or party, or of the days around its ends.
record Outside(Asked asked) {

    /// Oldest first.
    List<Line> lines() {
        return asked.lines().stream().filter(this::includes).toList();
    }

    private boolean includes(Line line) {
        Scope.Kind kind = asked.scope().kind();
        What what = line.what();
        boolean isInTime = asked.window().includes(line.day());
        int steps =
                (isInTime ? 0 : 1)
                        + (kind.goesThatWay(what) ? 0 : 1)
                        + (kind.categories().contains(what.category()) ? 0 : 1)
                        + (kind.wentUnderIt(what) ? 0 : 1);
        return steps == 1
                && (isInTime || isAround(line.day()))
                && (kind.goesThatWay(what) || sharesAParty(what))
                && kind.sort().contains(what.category());
    }

    /// Before a base there is nothing: it counts all that came before.
    private boolean isAround(LocalDate day) {
        Window window = asked.window();
        LocalDate first = window.first();
        boolean isSoonAfter =
                day.isAfter(window.until())
                        && !day.isAfter(window.until().plusDays(Explainer.DAYS_AROUND));
        boolean isJustBefore =
                window.base() == null
                        && first != null
                        && day.isBefore(first)
                        && !day.isBefore(first.minusDays(Explainer.DAYS_AROUND));
        return isSoonAfter || isJustBefore;
    }

    private boolean sharesAParty(What what) {
        return what.from().equals(asked.scope().from()) || what.to().equals(asked.scope().to());
    }
}
