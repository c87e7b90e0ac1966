package parley.contract;

import static parley.contract.Required.idOrNone;
import static parley.contract.Required.orNone;
import static parley.contract.Required.present;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// So many people, or remains, of one category, from one party to another.
///
/// @param statedBy the parties whose word the number is
/// @param agreement the deal it went under, in place of the exchange's, or null
public record Transfer(
        String from,
        String to,
        Category category,
        @Nullable Integer count,
        @Nullable CountStatus countStatus,
        @Nullable Qualifier qualifier,
        @Nullable Integer low,
        @Nullable Integer high,
        List<String> statedBy,
        @Nullable String detail,
        @Nullable String agreement) {
    public Transfer {
        Direction.check(from, to);
        present(category, "category");
        idOrNone(agreement, "agreement");
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
