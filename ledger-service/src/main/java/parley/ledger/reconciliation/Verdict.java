package parley.ledger.reconciliation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;
import parley.contract.Quantity;
import parley.ledger.fold.Figure;

/// How a total that is claimed stands to the ledger's sum for its scope.
public enum Verdict {
    /// The same; or the qualifier, or the range that the claim names, holds.
    AGREES("agrees"),
    /// The ledger's figure is uncertain enough.
    WITHIN("within"),
    /// Transfers without a count could close the gap; or the claim has none itself.
    UNDECIDABLE("undecidable"),
    LEDGER_SHORT("ledger-short"),
    LEDGER_OVER("ledger-over");

    /// What is said to be `about` a number may be off by a twentieth of it.
    private static final int TWENTIETHS = 20;

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
        if (least(claimed, count) <= ledger.best() && ledger.best() <= most(claimed, count)) {
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

    /// The least that the claim may mean: what it names as such, or else what its qualifier leaves.
    private static long least(Quantity claimed, int count) {
        Integer low = claimed.low();
        return low != null
                ? low
                : switch (claimed.qualifier()) {
                    case EXACT, AT_LEAST, ALL, OFFER -> count;
                    case ABOUT -> count - count / TWENTIETHS;
                    case AT_MOST -> 0;
                };
    }

    private static long most(Quantity claimed, int count) {
        Integer high = claimed.high();
        return high != null
                ? high
                : switch (claimed.qualifier()) {
                    case EXACT, AT_MOST, ALL, OFFER -> count;
                    case ABOUT -> count + count / TWENTIETHS;
                    case AT_LEAST -> Long.MAX_VALUE;
                };
    }
}
