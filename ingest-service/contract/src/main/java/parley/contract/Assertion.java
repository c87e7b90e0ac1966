package parley.contract;

import static parley.contract.Required.atLeastOne;
import static parley.contract.Required.idOrNone;
import static parley.contract.Required.present;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a claim says.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Assertion.Count.class, name = "count"),
    @JsonSubTypes.Type(value = Assertion.Total.class, name = "total"),
    @JsonSubTypes.Type(value = Assertion.Misidentified.class, name = "misidentified"),
    @JsonSubTypes.Type(value = Assertion.Denial.class, name = "denial"),
    @JsonSubTypes.Type(value = Assertion.Confirmation.class, name = "confirmation"),
    @JsonSubTypes.Type(value = Assertion.Statement.class, name = "statement")
})
public sealed interface Assertion {

    /// A figure for one exchange's transfers of one direction.
    record Count(
            String from,
            String to,
            Category category,
            @Nullable Integer count,
            @Nullable CountStatus countStatus,
            @Nullable Qualifier qualifier,
            @Nullable Integer low,
            @Nullable Integer high)
            implements Assertion {
        public Count {
            Direction.check(from, to);
            present(category, "category");
            Quantity.of(count, countStatus, qualifier, low, high);
        }

        public Quantity quantity() {
            return Quantity.of(count, countStatus, qualifier, low, high);
        }

        public Direction direction() {
            return new Direction(from, to, category);
        }
    }

    /// A running total.
    ///
    /// @param from with `to` the direction; both null: all directions together
    /// @param since null: the conflict's start
    /// @param until null: the day it was stated
    /// @param agreement only what fulfils it; null: everything
    record Total(
            @Nullable Integer count,
            @Nullable CountStatus countStatus,
            @Nullable Qualifier qualifier,
            @Nullable Integer low,
            @Nullable Integer high,
            List<Category> categories,
            @Nullable String from,
            @Nullable String to,
            @Nullable EdtfDate since,
            @Nullable EdtfDate until,
            @Nullable String agreement)
            implements Assertion {
        public Total {
            Quantity.of(count, countStatus, qualifier, low, high);
            categories = atLeastOne(categories, "categories");
            if ((from == null) != (to == null)) {
                throw new IllegalArgumentException(
                        "A total has both `from` and `to`, or neither: all directions together.");
            }
            if (from != null && to != null) {
                Direction.check(from, to);
            }
            idOrNone(agreement, "agreement");
        }

        public Quantity quantity() {
            return Quantity.of(count, countStatus, qualifier, low, high);
        }
    }

    /// Of those handed over, so many are not who they were said to be.
    ///
    /// @param count null: the whole transfer is meant
    record Misidentified(String from, String to, Category category, @Nullable Integer count)
            implements Assertion {
        public Misidentified {
            Direction.check(from, to);
            present(category, "category");
            if (count != null) {
                Quantity.of(count, null, null, null, null);
            }
        }

        public Direction direction() {
            return new Direction(from, to, category);
        }
    }

    /// That something is not so.
    ///
    /// @param claim the claim that is denied; null: the exchange or agreement it is about
    /// @param count how many of each transfer are denied; null: the whole of it
    record Denial(@Nullable String claim, @Nullable Integer count) implements Assertion {
        public Denial {
            if (count != null) {
                Quantity.of(count, null, null, null, null);
            }
        }
    }

    /// That something is so.
    ///
    /// @param claim the claim that is confirmed; null: the exchange or agreement it is about
    record Confirmation(@Nullable String claim) implements Assertion {}

    /// Words without a figure.
    record Statement() implements Assertion {}
}
