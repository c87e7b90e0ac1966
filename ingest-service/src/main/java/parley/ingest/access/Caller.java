package parley.ingest.access;

import parley.contract.Authority;
import parley.contract.EventType;

/// A newsroom system, as its credentials show it.
public record Caller(String publisher, Authority authority) {
    /// Whether the role allows to send events of that type at all. Who owns a statement only the
    /// ledger knows, so a stranger's correction passes here.
    public boolean maySend(EventType type) {
        return switch (type) {
            case CONFLICT_DEFINED, EXCHANGE_MERGED -> authority == Authority.EDITOR;
            case EXCHANGE_REPORTED,
                    EXCHANGE_CORRECTED,
                    EXCHANGE_RETRACTED,
                    AGREEMENT_REPORTED,
                    AGREEMENT_CORRECTED,
                    AGREEMENT_RETRACTED,
                    CLAIM_MADE,
                    CLAIM_CORRECTED,
                    CLAIM_RETRACTED ->
                    true;
        };
    }
}
