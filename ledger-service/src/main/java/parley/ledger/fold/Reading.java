package parley.ledger.fold;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.contract.Assertion.Confirmation;
import parley.contract.Assertion.Count;
import parley.contract.Assertion.Denial;
import parley.contract.Assertion.Misidentified;
import parley.contract.Assertion.Statement;
import parley.contract.Assertion.Total;
import parley.contract.Claim;
import parley.contract.Direction;
import parley.contract.Quantity;

/// The figures that a claim names of an exchange.
///
/// @param statedOn the last day on which it may have been said
/// @param when the place of its event in the log
/// @param direction of whom; null: of all that were handed over
/// @param disputes whether they are of those who were not handed over, or are not who they were
///     said to be
/// @param low the smallest figure; more than `high` where none is named
/// @param high the largest figure
record Reading(
        String claimant,
        LocalDate statedOn,
        LogTime when,
        @Nullable Direction direction,
        boolean disputes,
        int low,
        int high) {
    /// By the day it was stated, then by the log.
    static final Comparator<Reading> AGE =
            Comparator.comparing(Reading::statedOn).thenComparing(Reading::when);

    /// Null where the claim does not bear on what an exchange amounts to.
    static @Nullable Reading of(Claim claim, LogTime when) {
        return switch (claim.assertion()) {
            case Count count -> counting(claim, when, count.direction(), count.quantity());
            case Misidentified some -> disputing(claim, when, some.direction(), some.count());
            case Denial denial when denial.claim() == null ->
                    disputing(claim, when, null, denial.count());
            case Denial _, Total _, Confirmation _, Statement _ -> null;
        };
    }

    private static Reading counting(
            Claim claim, LogTime when, Direction direction, Quantity quantity) {
        int low = Integer.MAX_VALUE;
        int high = Integer.MIN_VALUE;
        for (int figure : named(quantity)) {
            low = Math.min(low, figure);
            high = Math.max(high, figure);
        }
        return new Reading(
                claimant(claim), claim.statedOn().last(), when, once(direction), false, low, high);
    }

    /// Without a count it is the whole transfer, however large.
    private static Reading disputing(
            Claim claim, LogTime when, @Nullable Direction direction, @Nullable Integer count) {
        int figure = count == null ? Quantity.COUNT_MAX : count;
        return new Reading(
                claimant(claim),
                claim.statedOn().last(),
                when,
                direction == null ? null : once(direction),
                true,
                figure,
                figure);
    }

    static int[] named(Quantity quantity) {
        return Stream.of(quantity.count(), quantity.low(), quantity.high())
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    boolean namesAny() {
        return low <= high;
    }

    private static String claimant(Claim claim) {
        return claim.claimant().name().intern();
    }

    private static Direction once(Direction direction) {
        return new Direction(
                direction.from().intern(), direction.to().intern(), direction.category());
    }
}
