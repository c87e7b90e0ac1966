package parley.ledger.reconciliation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.contract.Category;

/// What a total is the total of.
///
/// @param from with `to` the direction; both null: all directions together
/// @param since the first day, or null where neither the claim nor the conflict has one
/// @param until the last day, which is included
/// @param agreement only what went under it; null: everything
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Scope(
        @Nullable String from,
        @Nullable String to,
        List<Category> categories,
        @Nullable LocalDate since,
        LocalDate until,
        @Nullable String agreement) {
    public Scope {
        categories = categories.stream().distinct().sorted().toList();
    }

    /// The same of every day: what successive totals have in common.
    Kind kind() {
        return new Kind(from, to, categories, agreement);
    }

    /// What is counted, whenever it took place.
    record Kind(
            @Nullable String from,
            @Nullable String to,
            List<Category> categories,
            @Nullable String agreement) {

        boolean includes(What what) {
            return goesThatWay(what) && categories.contains(what.category()) && wentUnderIt(what);
        }

        boolean goesThatWay(What what) {
            return from == null || (from.equals(what.from()) && what.to().equals(to));
        }

        boolean wentUnderIt(What what) {
            return agreement == null || agreement.equals(what.agreement());
        }

        /// The categories that may have been counted with it: nobody counts the living with the
        /// dead.
        Set<Category> sort() {
            var sort = EnumSet.noneOf(Category.class);
            if (categories.contains(Category.REMAINS)) {
                sort.add(Category.REMAINS);
            }
            if (!sort.containsAll(categories)) {
                sort.addAll(EnumSet.complementOf(EnumSet.of(Category.REMAINS)));
            }
            return sort;
        }

        /// The same the other way, where there is one way.
        Kind reversed() {
            return new Kind(to, from, categories, agreement);
        }
    }

    /// What a transfer, or a day's transfers together, were of.
    record What(String from, String to, Category category, @Nullable String agreement) {}
}
