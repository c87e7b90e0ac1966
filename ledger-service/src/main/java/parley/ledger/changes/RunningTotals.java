package parley.ledger.changes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import parley.contract.Category;
import parley.contract.Direction;
import parley.ledger.changes.ChangeView.Effect;
import parley.ledger.fold.Figure;

/// The totals of a conflict in the course of its feed.
final class RunningTotals {
    private final Map<Account, Figure> totals = new HashMap<>();

    /// What one party received, or handed over, of one category.
    private record Account(String party, boolean received, Category category) {
        Effect effect(Figure before, Figure after) {
            return new Effect(party, received ? "received" : "handedOver", category, before, after);
        }
    }

    /// What a total stands at.
    void open(String party, boolean received, Category category, Figure figure) {
        totals.put(new Account(party, received, category), figure);
    }

    /// Each transfer is posted twice: as handed over by one party, as received by the other.
    void post(Direction direction, Figure figure) {
        for (Account account : accounts(direction)) {
            totals.merge(account, figure, Figure::plus);
        }
    }

    /// Posts what moved together, and tells which totals that changed, in no order.
    List<Effect> move(Collection<Movement> moved) {
        Set<Account> touched = new HashSet<>();
        moved.forEach(it -> touched.addAll(accounts(it.direction())));
        Map<Account, Figure> before = new HashMap<>();
        touched.forEach(account -> before.put(account, total(account)));
        moved.forEach(it -> post(it.direction(), it.figure()));
        var effects = new ArrayList<Effect>();
        before.forEach(
                (account, was) -> {
                    Figure is = total(account);
                    if (!is.equals(was)) {
                        effects.add(account.effect(was, is));
                    }
                });
        return effects;
    }

    private Figure total(Account account) {
        return totals.getOrDefault(account, Figure.NONE);
    }

    private static List<Account> accounts(Direction direction) {
        return List.of(
                new Account(direction.from(), false, direction.category()),
                new Account(direction.to(), true, direction.category()));
    }
}
