package parley.ledger.audit;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;
import parley.contract.LogPosition.Partition;
import parley.ledger.audit.Audit.Balance;
import parley.ledger.audit.Audit.Difference;
import parley.ledger.audit.AuditRounds.Round;
import parley.ledger.audit.Digest.OfConflict;
import parley.ledger.intake.LogAwayException;
import parley.ledger.intake.LogHead;
import parley.ledger.intake.LogHead.End;
import parley.ledger.views.View;

/// Whether the books hold.
@Path("/v1")
@Tag(name = "Audit")
public class AuditResource {
    private static final int DIFFERENCES_MAX = 100;
    private static final Comparator<Partition> BY_NAME =
            Comparator.comparing(Partition::topic).thenComparing(Partition::partition);

    private final Audit audit;
    private final AuditRounds rounds;
    private final LogHead head;

    AuditResource(Audit audit, AuditRounds rounds, LogHead head) {
        this.audit = audit;
        this.rounds = rounds;
        this.head = head;
    }

    /// What the audit found.
    ///
    /// @param holds whether the trial balance, the kept totals and the cases last folded hold
    /// @param digest of all entries, editions and outcomes: equal books at a position have equal
    ///     digests, on every replica and in every generation
    /// @param outcomes the digest of what became of each event
    /// @param events what was last found by folding events again; null before the first round
    public record AuditView(
            boolean holds,
            String position,
            String digest,
            String outcomes,
            List<OfConflict> conflicts,
            TrialBalance trialBalance,
            KeptTotals keptTotals,
            @Nullable EntriesAgainstEvents events,
            List<PartitionLag> partitions)
            implements View {
        @Override
        public boolean holdsForAWhile() {
            return false;
        }
    }

    /// Whether, for every conflict and category, all handed over is all received.
    public record TrialBalance(boolean holds, List<Balance> items) {}

    /// Whether the kept totals are the sums of the entries.
    ///
    /// @param differences the first 100 that are not
    public record KeptTotals(boolean holds, List<Difference> differences) {}

    /// Whether the lines kept are those that the events amount to, by the last round of the
    /// service's own audit, which looks at some cases at a time.
    ///
    /// @param casesChecked how many it has looked at since it started
    /// @param differences the first 100
    public record EntriesAgainstEvents(
            boolean holds,
            String position,
            Instant at,
            int cases,
            long casesChecked,
            List<String> differences) {}

    /// How far one partition has been read.
    ///
    /// @param endOffset where the log ends; null where the broker does not say
    /// @param lag how many offsets are still to be read; null likewise
    public record PartitionLag(
            String topic,
            int partition,
            long nextOffset,
            @Nullable Long endOffset,
            @Nullable Long lag) {}

    @GET
    @Path("audit")
    @Operation(summary = "Whether the books hold, their digest, and each partition's lag")
    public AuditView audit() {
        List<End> ends = ends();
        Audit.Found found = audit.find();
        Round last = rounds.last();
        return new AuditView(
                found.isBalanced()
                        && found.differences().isEmpty()
                        && (last == null || last.cases().differences().isEmpty()),
                found.position().toString(),
                found.digests().digest(),
                found.digests().outcomes(),
                found.digests().conflicts(),
                new TrialBalance(found.isBalanced(), found.balances()),
                new KeptTotals(found.differences().isEmpty(), found.differences()),
                last == null ? null : entriesAgainstEvents(last),
                lags(found.position(), ends));
    }

    private static EntriesAgainstEvents entriesAgainstEvents(Round last) {
        List<String> differences = last.cases().differences();
        return new EntriesAgainstEvents(
                differences.isEmpty(),
                last.position(),
                last.at(),
                last.cases().cases(),
                last.casesChecked(),
                differences.stream().limit(DIFFERENCES_MAX).toList());
    }

    /// Where the log ends, by partition. Asked before the books are: no transaction waits for it.
    private List<End> ends() {
        try {
            return head.ends();
        } catch (LogAwayException away) {
            return List.of(); // The lag is then not known, which the answer says.
        }
    }

    private static List<PartitionLag> lags(LogPosition position, List<End> ends) {
        var lags = new TreeMap<Partition, @Nullable Long>(BY_NAME);
        position.partitions().forEach(it -> lags.put(it, null));
        ends.forEach(it -> lags.put(it.partition(), it.offset()));
        return lags.entrySet().stream()
                .map(
                        it -> {
                            Partition at = it.getKey();
                            long next = position.nextOffset(at.topic(), at.partition());
                            Long last = it.getValue();
                            return new PartitionLag(
                                    at.topic().wire(),
                                    at.partition(),
                                    next,
                                    last,
                                    last == null ? null : Math.max(0, last - next));
                        })
                .toList();
    }
}
