package parley.ledger.views;

import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;
import parley.ledger.intake.LogAwayException;
import parley.ledger.intake.LogHead;

/// From the start of this service until the books it serves have read to where the log ended at the
/// first look.
@ApplicationScoped
public class FirstCatchUp {
    private final LogHead head;
    private final PositionWatch watch;
    private @Nullable LogPosition goal;
    private boolean isOver;

    FirstCatchUp(LogHead head, PositionWatch watch) {
        this.head = head;
        this.watch = watch;
    }

    /// Where the log ended at the first look, which this may be.
    ///
    /// @throws LogAwayException where the broker has not said so yet
    public synchronized LogPosition goal() {
        LogPosition end = goal == null ? head.position() : goal;
        goal = end;
        return end;
    }

    /// Whether the goal has once been reached; no as long as it is not known.
    public synchronized boolean isOver() {
        try {
            isOver = isOver || watch.position().covers(goal());
        } catch (LogAwayException away) {
            return false;
        }
        return isOver;
    }
}
