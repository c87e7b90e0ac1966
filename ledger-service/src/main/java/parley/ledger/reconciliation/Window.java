package parley.ledger.reconciliation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The days in which a gap opened, and how much of it.
///
/// @param first the first of those days; null: from the beginning
/// @param gap how much opened in them
/// @param base the earlier total from which it is counted on; null: the whole scope is counted
/// @param mayBeMistyped whether the number in hand may be a slip: the gap opened at it, and no
///     later total has kept it
record Window(
        @Nullable LocalDate first,
        LocalDate until,
        long gap,
        @Nullable Claimed base,
        boolean mayBeMistyped) {

    /// The narrowest first. A gap that an earlier total opened is sought where that one opened it.
    static List<Window> of(Finding finding) {
        var windows = new ArrayList<Window>();
        Scope scope = finding.claimed().scope();
        Finding opener = finding.opener();
        boolean mayBeMistyped =
                !finding.isCountedOn()
                        && (opener == null || opener.claimed().equals(finding.claimed()));
        if (opener != null && opener.base() != null) {
            Claimed base = opener.base().claimed();
            windows.add(
                    new Window(
                            base.until().plusDays(1),
                            opener.claimed().until(),
                            opener.jump(),
                            base,
                            mayBeMistyped));
        }
        windows.add(
                new Window(scope.since(), scope.until(), finding.gapStated(), null, mayBeMistyped));
        return windows;
    }

    boolean includes(LocalDate day) {
        return !isBefore(day) && !day.isAfter(until);
    }

    boolean isBefore(LocalDate day) {
        return first != null && day.isBefore(first);
    }

    /// What an earlier total stands for already.
    long counted() {
        Integer count = base == null ? null : base.count();
        return count == null ? 0 : count;
    }
}
