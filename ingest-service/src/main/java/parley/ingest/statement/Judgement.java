package parley.ingest.statement;

import java.util.List;

/// What the rules say of a statement.
///
/// @param faults all that is wrong with it; empty: it may be published
/// @param mayBeOutdated whether a newer definition of its conflict could change the judgement
/// @param isCertain whether it is faulty whatever newer definition there may be
public record Judgement(List<Fault> faults, boolean mayBeOutdated, boolean isCertain) {
    public Judgement {
        faults = List.copyOf(faults);
    }

    public boolean stands() {
        return faults.isEmpty();
    }
}
