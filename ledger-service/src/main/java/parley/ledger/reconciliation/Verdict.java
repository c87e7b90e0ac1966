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
        Integer least = claimed.least();
        Integer most = claimed.most();
        if ((least == null || least <= ledger.best()) && (most == null || ledger.best() <= most)) {
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
}
