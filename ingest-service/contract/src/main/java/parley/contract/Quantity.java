package parley.contract;

import org.jspecify.annotations.Nullable;

/// How many people or remains a statement speaks of, and how sure it is.
///
/// @param count from 0 to [#COUNT_MAX], or null where the status is not `stated`
/// @param low the least it may be, or null where nothing is said
/// @param high the most it may be, or null where nothing is said
public record Quantity(
        @Nullable Integer count,
        CountStatus status,
        Qualifier qualifier,
        @Nullable Integer low,
        @Nullable Integer high) {

    /// No handover that a ledger of persons could hold comes near it: more is a typing error.
    public static final int COUNT_MAX = 10_000_000;

    /// What is said to be `about` a number may be off by a twentieth of it.
    private static final int TWENTIETHS = 20;

    public Quantity {
        if ((count == null) == (status == CountStatus.STATED)) {
            throw new IllegalArgumentException(
                    count == null
                            ? "A `count` of null needs a `countStatus`: withheld or unknown."
                            : "A `count` cannot stand beside a `countStatus` of "
                                    + status.wire()
                                    + ".");
        }
        inRange("count", count);
        inRange("low", low);
        inRange("high", high);
        if (exceeds(low, count) || exceeds(count, high) || exceeds(low, high)) {
            throw new IllegalArgumentException("`low` ≤ `count` ≤ `high` does not hold.");
        }
    }

    /// Fills in what a sender may leave out: a count is `stated` and `exact` unless it is said
    /// otherwise.
    static Quantity of(
            @Nullable Integer count,
            @Nullable CountStatus status,
            @Nullable Qualifier qualifier,
            @Nullable Integer low,
            @Nullable Integer high) {
        return new Quantity(
                count,
                status == null ? CountStatus.STATED : status,
                qualifier == null ? Qualifier.EXACT : qualifier,
                low,
                high);
    }

    /// The least that may be meant: what is named as such, or else what the qualifier leaves of the
    /// count; null where that is any number.
    public @Nullable Integer least() {
        if (low != null || count == null) {
            return low;
        }
        return switch (qualifier) {
            case EXACT, AT_LEAST, ALL, OFFER -> count;
            case ABOUT -> count - count / TWENTIETHS;
            case AT_MOST -> 0;
        };
    }

    /// The most that may be meant; null where that is any number.
    public @Nullable Integer most() {
        if (high != null || count == null) {
            return high;
        }
        return switch (qualifier) {
            case EXACT, AT_MOST, ALL, OFFER -> count;
            case ABOUT -> count + count / TWENTIETHS;
            case AT_LEAST -> null;
        };
    }

    /// Whether some number is what both may mean.
    public boolean canBe(Quantity other) {
        return !exceeds(least(), other.most()) && !exceeds(other.least(), most());
    }

    private static boolean exceeds(@Nullable Integer one, @Nullable Integer other) {
        return one != null && other != null && one > other;
    }

    private static void inRange(String field, @Nullable Integer value) {
        if (value != null && (value < 0 || value > COUNT_MAX)) {
            throw new IllegalArgumentException(
                    "`" + field + "` is " + value + ", which is not from 0 to " + COUNT_MAX + ".");
        }
    }
}
