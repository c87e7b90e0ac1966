package parley.ingest.statement;

import java.util.ArrayList;
import java.util.List;

/// Gathers faults while the rules are run, so that a sender hears of all of them at once.
final class Findings {
    /// A body of nothing but faults would otherwise be answered with one many times its size.
    private static final int FAULTS_MAX = 1_000;

    private final List<Fault> faults = new ArrayList<>();
    private boolean mayBeOutdated;
    private boolean isCertain;

    void add(String pointer, String detail) {
        note(pointer, detail);
        isCertain = true;
    }

    /// A fault that a newer definition of the conflict could mend.
    void addByConflict(String pointer, String detail) {
        note(pointer, detail);
        mayBeOutdated = true;
    }

    private void note(String pointer, String detail) {
        if (faults.size() < FAULTS_MAX) {
            faults.add(new Fault(pointer, detail));
        }
    }

    boolean isEmpty() {
        return faults.isEmpty();
    }

    Judgement judgement() {
        return new Judgement(faults, mayBeOutdated, isCertain);
    }
}
