package parley.ledger.fold;

/// A number of people, or remains, with its uncertainty. All five add up, transfer by transfer.
///
/// @param best the sum of the counts
/// @param low the least that a standing statement says
/// @param high the most that a standing statement says
/// @param disputed how many of them somebody says were not handed over, or are not who they were
///     said to be
/// @param unstated how many transfers have no count
public record Figure(long best, long low, long high, long disputed, long unstated) {
    /// Nobody.
    public static final Figure NONE = new Figure(0, 0, 0, 0, 0);

    /// Both together.
    public Figure plus(Figure other) {
        return new Figure(
                best + other.best,
                low + other.low,
                high + other.high,
                disputed + other.disputed,
                unstated + other.unstated);
    }

    /// This without the other.
    public Figure minus(Figure other) {
        return new Figure(
                best - other.best,
                low - other.low,
                high - other.high,
                disputed - other.disputed,
                unstated - other.unstated);
    }
}
