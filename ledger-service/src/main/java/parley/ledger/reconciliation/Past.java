package parley.ledger.reconciliation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import parley.ledger.views.Positions.Stand;

/// Where what is held of a conflict stood, the newest first: the further back, the fewer.
///
/// @param newestFirst at most 20
record Past(List<Kept> newestFirst) {
    static final Past NONE = new Past(List.of());

    /// Questions that run at a time may see the books at as many positions.
    private static final int NEWEST = 4;

    /// Enough for a quarter of an hour, where somebody asks every second.
    private static final int KEPT_MAX = 20;

    /// What was held where the books stood there.
    record Kept(Stand stand, Held held) {}

    /// With what is held now. One goes where those before and after it are close together.
    Past and(Kept newest) {
        var kept = new ArrayList<Kept>(List.of(newest));
        for (int place = 0; place < newestFirst.size() && kept.size() < KEPT_MAX; place++) {
            Kept one = newestFirst.get(place);
            if (kept.size() < NEWEST) {
                kept.add(one);
            } else if (place == newestFirst.size() - 1
                    || age(newestFirst.get(place + 1), newest) > 2 * age(kept.getLast(), newest)) {
                one.held.forget();
                kept.add(one);
            }
        }
        return new Past(List.copyOf(kept));
    }

    /// Without those that what came late has changed.
    Past without(List<Kept> late) {
        return new Past(newestFirst.stream().filter(it -> !late.contains(it)).toList());
    }

    private static long age(Kept one, Kept newest) {
        return Duration.between(one.stand.newest(), newest.stand.newest()).toMillis();
    }
}
