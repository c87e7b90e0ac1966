package parley.ledger.reconciliation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.contract.Quantity;
import parley.ledger.fold.Figure;

/// How a total that is claimed stands to the ledger's sum for its scope.
public enum Verdict {
    /// The same, or the qualifier holds.
    AGREES("agrees"),
    /// The ledger's figure is uncertain enough.
    WITHIN("within"),
    /// Transfers without a count could close the gap.
    UNDECIDABLE("undecidable"),
    LEDGER_SHORT("ledger-short"),
    LEDGER_OVER("ledger-over");

    /// What is said to be `about` a number may be off by a twentieth of it.
    private static final int ABOUT = 20;

    private final String wire;

    Verdict(String wire) {
        this.wire = wire;
    }

    /// The word as it stands in JSON.
    @JsonValue
    public String wire() {
        return wire;
    }

    static Optional<Verdict> named(String word) {
        return Arrays.stream(values()).filter(it -> it.wire.equals(word)).findFirst();
    }

    static Verdict of(Quantity claimed, Figure ledger) {
        Integer count = claimed.count();
        if (count == null) {
            return UNDECIDABLE;
        }
        if (holds(claimed, count, ledger.best())) {
            return AGREES;
        }
        if (ledger.low() <= count && count <= ledger.high()) {
            return WITHIN;
        }
        if (count < ledger.best()) {
            return LEDGER_OVER;
        }
        return ledger.unstated() > 0 ? UNDECIDABLE : LEDGER_SHORT;
    }

    private static boolean holds(Quantity claimed, int count, long best) {
        boolean inRange = isAtLeast(best, claimed.low()) && isAtMost(best, claimed.high());
        boolean isRange = claimed.low() != null && claimed.high() != null;
        return (isRange && inRange)
                || switch (claimed.qualifier()) {
                    case AT_LEAST -> best >= count;
                    case AT_MOST -> best <= count;
                    case ABOUT -> Math.abs(best - count) * ABOUT <= count;
                    case EXACT, ALL, OFFER -> best == count;
                };
    }

    private static boolean isAtLeast(long best, @Nullable Integer low) {
        return low == null || best >= low;
    }

    private static boolean isAtMost(long best, @Nullable Integer high) {
        return high == null || best <= high;
    }
}
