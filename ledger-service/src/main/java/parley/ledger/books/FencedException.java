package parley.ledger.books;

import java.io.Serial;

/// The books do not stand where this was read from: another consumer has moved on, or they were
/// set back. Nothing was written; read again from where they stand.
public final class FencedException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    FencedException(LogSlice slice, long standing) {
        super(
                "%s-%d was read from offset %d, but the books stand at %d."
                        .formatted(
                                slice.topic().wire(), slice.partition(), slice.from(), standing));
    }

    /// @param partitions how many of them do not stand there
    FencedException(int partitions) {
        super("%d partitions do not stand where they were read from.".formatted(partitions));
    }
}
