package parley.ledger.reconciliation;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import parley.contract.EdtfDate;
import parley.ledger.conflicts.Conflicts;
import parley.ledger.reconciliation.Past.Kept;
import parley.ledger.views.Moment;
import parley.ledger.views.Positions;
import parley.ledger.views.Positions.Stand;

/// What totals hang on, kept in memory and moved on by what the books have gained since: summed
/// anew after a start. What another partition brings late changes the past: then they are moved on
/// from where they stood before that, as far as that is kept.
@ApplicationScoped
class Projection {
    private static final int CONFLICTS_MAX = 32;

    private final Conflicts conflicts;
    private final Ledger ledger;
    private final Positions positions;
    private final Map<String, Past> kept =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Past> eldest) {
                    return size() > CONFLICTS_MAX;
                }
            };

    Projection(Conflicts conflicts, Ledger ledger, Positions positions) {
        this.conflicts = conflicts;
        this.ledger = ledger;
        this.positions = positions;
    }

    /// What is held of a conflict, by both clocks.
    Held at(String conflict, Moment moment) {
        EdtfDate since = conflicts.definition(conflict, moment).since();
        Held known = known(conflict, since, moment.knownAtUtc());
        LocalDate asOf = moment.asOf();
        return asOf == null ? known : known.asOf(asOf);
    }

    /// The same conflict at a later moment, from what was held at another: a walk along the log.
    Held at(String conflict, Moment moment, @Nullable Held before) {
        EdtfDate since = conflicts.definition(conflict, moment).since();
        OffsetDateTime knownAt = Objects.requireNonNull(moment.knownAtUtc());
        return before != null && Objects.equals(before.since(), since)
                ? ledger.moved(before, knownAt)
                : known(conflict, since, knownAt);
    }

    private Held known(
            String conflict, @Nullable EdtfDate since, @Nullable OffsetDateTime knownAt) {
        if (knownAt == null) {
            return now(conflict, since);
        }
        if (ledger.isLongAgo(conflict, knownAt)) {
            return ledger.moved(Held.nothing(conflict, since), knownAt);
        }
        Held now = now(conflict, since);
        return knownAt.isBefore(now.at()) ? ledger.moved(now, knownAt) : now;
    }

    private Held now(String conflict, @Nullable EdtfDate since) {
        Stand stand = positions.stand();
        List<Kept> before = before(conflict, since, stand);
        if (!before.isEmpty() && before.getFirst().stand().position().equals(stand.position())) {
            return before.getFirst().held();
        }
        List<Kept> late = before.stream().takeWhile(this::isLate).toList();
        Held from =
                late.size() == before.size()
                        ? Held.nothing(conflict, since)
                        : before.get(late.size()).held();
        Held held = ledger.moved(from, stand.newest());
        keep(conflict, new Kept(stand, held), late);
        return held;
    }

    /// Whether the books have gained something of the time that was summed already.
    private boolean isLate(Kept last) {
        return positions
                .firstBehind(last.stand().position())
                .filter(it -> !it.isAfter(last.stand().newest()))
                .isPresent();
    }

    /// What is asked now can go on from those, the newest first.
    private List<Kept> before(String conflict, @Nullable EdtfDate since, Stand stand) {
        synchronized (kept) {
            return kept.getOrDefault(conflict, Past.NONE).newestFirst().stream()
                    .filter(it -> it.stand().books().equals(stand.books()))
                    .filter(it -> stand.position().covers(it.stand().position()))
                    .filter(it -> Objects.equals(it.held().since(), since))
                    .toList();
        }
    }

    private void keep(String conflict, Kept newest, List<Kept> late) {
        synchronized (kept) {
            Past past = kept.getOrDefault(conflict, Past.NONE);
            kept.put(conflict, past.without(late).and(newest));
        }
    }
}
