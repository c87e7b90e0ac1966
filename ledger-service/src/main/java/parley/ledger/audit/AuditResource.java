package parley.ledger.audit;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import parley.contract.LogPosition;
import parley.ledger.audit.Audit.Balance;
import parley.ledger.audit.Audit.Difference;
import parley.ledger.intake.LogAwayException;
import parley.ledger.intake.LogHead;
import parley.ledger.views.Positions;
import parley.ledger.views.View;

/// Whether the books hold.
@Path("/v1")
@Tag(name = "Audit")
@Transactional
public class AuditResource {
    private final Audit audit;
    private final Positions positions;
    private final LogHead head;

    AuditResource(Audit audit, Positions positions, LogHead head) {
        this.audit = audit;
        this.positions = positions;
        this.head = head;
    }

    /// What the audit found.
    ///
    /// @param holds whether both the trial balance and the kept totals hold
    public record AuditView(
            boolean holds,
            String position,
            TrialBalance trialBalance,
            KeptTotals keptTotals,
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
    @Operation(summary = "Whether the books hold, and each partition's lag")
    public AuditView audit() {
        List<Balance> balances = audit.trialBalance();
        List<Difference> differences = audit.differences();
        LogPosition position = positions.at(null);
        boolean balanced = balances.stream().allMatch(Balance::holds);
        return new AuditView(
                balanced && differences.isEmpty(),
                position.toString(),
                new TrialBalance(balanced, balances),
                new KeptTotals(differences.isEmpty(), differences),
                lags(position));
    }

    private List<PartitionLag> lags(LogPosition position) {
        LogPosition end = null;
        try {
            end = head.position();
        } catch (LogAwayException away) {
            // The lag is then not known, which the answer says.
        }
        LogPosition known = end;
        LogPosition all = known == null ? position : position.and(known);
        return all.partitions().stream()
                .map(
                        it -> {
                            long next = position.nextOffset(it.topic(), it.partition());
                            Long last =
                                    known == null
                                            ? null
                                            : known.nextOffset(it.topic(), it.partition());
                            return new PartitionLag(
                                    it.topic().wire(),
                                    it.partition(),
                                    next,
                                    last,
                                    last == null ? null : Math.max(0, last - next));
                        })
                .toList();
    }
}
