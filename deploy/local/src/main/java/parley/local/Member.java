package parley.local;

import java.util.Locale;

/// The four processes that are Parley, in the order in which they stop: none before those that
/// write to it.
public enum Member {
    INGEST_SERVICE,
    LEDGER_SERVICE,
    KAFKA,
    POSTGRES;

    /// As its log and its pid file are called, and a service's folder in the repository.
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
