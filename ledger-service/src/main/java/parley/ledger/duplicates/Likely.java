package parley.ledger.duplicates;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import parley.contract.EdtfDate;

/// Another exchange that is probably the same.
///
/// @param score how much speaks for it, from 0.5 to 1
/// @param reasons what does, as sentences
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Likely(
        String exchange,
        String publisher,
        EdtfDate occurredOn,
        BigDecimal score,
        List<String> reasons) {
    static final Comparator<Likely> LIKELIEST_FIRST =
            Comparator.comparing(Likely::score).reversed().thenComparing(Likely::exchange);

    static Optional<Likely> of(Report one, Report other) {
        return Likeness.of(one, other)
                .map(
                        it ->
                                new Likely(
                                        other.id(),
                                        other.publisher(),
                                        other.exchange().occurredOn(),
                                        BigDecimal.valueOf(it.hundredths(), 2),
                                        it.reasons()));
    }
}
