package parley.ledger.duplicates;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.contract.EdtfDate;
import parley.contract.Transfer;

/// Two exchanges that are probably one.
///
/// @param score how much speaks for it, from 0.5 to 1
/// @param reasons what does, as sentences
/// @param lastDay the last day of the later one
@JsonInclude(JsonInclude.Include.ALWAYS)
public record DuplicateView(
        List<Reported> exchanges,
        BigDecimal score,
        List<String> reasons,
        @JsonIgnore LocalDate lastDay) {

    /// One of them, as it was reported.
    public record Reported(
            String exchange,
            String publisher,
            EdtfDate occurredOn,
            @Nullable String place,
            List<Transfer> transfers) {
        static Reported of(Report report) {
            return new Reported(
                    report.id(),
                    report.publisher(),
                    report.exchange().occurredOn(),
                    report.exchange().place(),
                    report.exchange().transfers());
        }
    }

    static DuplicateView of(Report one, Report other, Likeness likeness, LocalDate lastDay) {
        return new DuplicateView(
                List.of(Reported.of(one), Reported.of(other)),
                BigDecimal.valueOf(likeness.hundredths(), 2),
                likeness.reasons(),
                lastDay);
    }
}
