package parley.ledger.changes;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.OffsetDateTime;
import java.util.List;
import parley.contract.LogPosition;
import parley.ledger.conflicts.Conflicts;
import parley.ledger.views.Moment;
import parley.ledger.views.Positions;

/// What is found in what comes: the changes of a feed that have findings.
@ApplicationScoped
@Transactional
public class Finds {
    private static final int READ_TOGETHER = 100;

    /// Of more that comes at once, the feed tells.
    private static final int CHANGES_MAX = 1_000;

    private final Conflicts conflicts;
    private final Feed feed;
    private final ChangeViews views;
    private final Happenings happenings;
    private final Positions positions;

    Finds(
            Conflicts conflicts,
            Feed feed,
            ChangeViews views,
            Happenings happenings,
            Positions positions) {
        this.conflicts = conflicts;
        this.feed = feed;
        this.views = views;
        this.happenings = happenings;
        this.positions = positions;
    }

    /// What was found from one position to another.
    ///
    /// @param position how far into the log it was looked for
    /// @param missed whether so much came at once that nothing was looked for: the feed has it
    /// @param items the changes that have findings
    /// @param isAll whether nothing more has come
    public record Found(
            String conflict,
            LogPosition position,
            boolean missed,
            List<ChangeView> items,
            boolean isAll) {}

    /// What has been found since a position, as far as that can be looked at together.
    public Found since(String conflict, LogPosition from) {
        OffsetDateTime first = positions.firstBehind(from).orElse(null);
        if (first != null && happenings.horizon(conflict, first, CHANGES_MAX).isPresent()) {
            return new Found(conflict, from.and(positions.at(null)), true, List.of(), true);
        }
        var now = new Moment();
        Feed.Part part = feed.read(conflict, now, from, READ_TOGETHER);
        List<ChangeView> found =
                views
                        .of(
                                conflict,
                                part.told(),
                                now,
                                ChangeResource.order(conflicts.definition(conflict, now)))
                        .stream()
                        .filter(it -> it.findings() != null)
                        .toList();
        return new Found(conflict, part.next(), false, found, part.told().size() < READ_TOGETHER);
    }
}
