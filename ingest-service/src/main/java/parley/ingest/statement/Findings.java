package parley.ingest.statement;

import java.util.ArrayList;
import java.util.List;

/// Gathers faults while the rules are run, so that a sender hears of all of them at once.
final class Findings {
    /// A body of nothing but faults would otherwise be answered with one many times its size.
    private static final int FAULTS_MAX = 1_000;

    private final List<Fault> faults = new ArrayList<>();
    private boolean mayBeOutdated;

    void add(String pointer, String detail) {
        if (faults.size() < FAULTS_MAX) {
            faults.add(new Fault(pointer, detail));
        }
    }

    /// A fault that a newer definition of the conflict could mend.
    void addByConflict(String pointer, String detail) {
        add(pointer, detail);
        mayBeOutdated = true;
    }

    boolean isEmpty() {
        return faults.isEmpty();
    }

    Judgement judgement() {
        return new Judgement(faults, mayBeOutdated);
    }
}
