package parley.ingest.statement;

import jakarta.inject.Singleton;
import parley.contract.EventCodec;
import parley.contract.UnreadableEventException;

/// Decides whether something may be said.
@Singleton
public final class Judge {
    private final SchemaCheck schemas = new SchemaCheck();

    /// Runs all rules, so that a sender hears of all faults at once.
    ///
    /// What stands can be read by the contract's own codec: what the ledger will read is what was
    /// judged here.
    public Judgement judge(Submission submission, KnownConflicts conflicts) {
        var findings = new Findings();
        if (!BulkRules.check(submission.data(), findings)) {
            return findings.judgement();
        }
        schemas.check(submission.type(), submission.data(), findings);
        StatementRules.check(
                submission.type(), submission.subject(), submission.data(), conflicts, findings);
        if (findings.isEmpty()) {
            try {
                EventCodec.read(submission.type(), submission.data());
            } catch (UnreadableEventException unreadable) {
                findings.add("", String.valueOf(unreadable.getMessage()));
            }
        }
        return findings.judgement();
    }
}
