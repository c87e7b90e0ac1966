package parley.contract;

import static parley.contract.Required.orNone;
import static parley.contract.Required.present;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one party has undertaken to hand over to another.
///
/// @param contested whether a party to the deal denies it; null where nothing is said
public record Commitment(
        String from,
        String to,
        Category category,
        @Nullable Integer count,
        @Nullable CountStatus countStatus,
        @Nullable Qualifier qualifier,
        @Nullable Integer low,
        @Nullable Integer high,
        List<String> statedBy,
        @Nullable Boolean contested,
        @Nullable String detail) {
    public Commitment {
        Direction.check(from, to);
        present(category, "category");
        statedBy = orNone(statedBy, "statedBy");
        Quantity.of(count, countStatus, qualifier, low, high);
    }

    public Quantity quantity() {
        return Quantity.of(count, countStatus, qualifier, low, high);
    }

    public Direction direction() {
        return new Direction(from, to, category);
    }
}
