package parley.ledger.reconciliation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What would explain a gap. It is offered, never applied.
///
/// @param sentence for a reader
/// @param entries the entries it names, oldest first
/// @param exchanges those that they are of, which lead to their claims and sources
/// @param sum what those entries amount to; of a kind that names another sum instead, that sum
/// @param since the first day of another period, else null
/// @param until its last day, else null
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Explanation(
        Kind kind,
        String sentence,
        List<String> entries,
        List<String> exchanges,
        long sum,
        @Nullable LocalDate since,
        @Nullable LocalDate until) {
    public Explanation {
        entries = List.copyOf(entries);
        exchanges = List.copyOf(exchanges);
    }

    /// By those lines.
    static Explanation of(Kind kind, String sentence, List<Line> lines, long sum) {
        return of(kind, sentence, lines, sum, null, null);
    }

    /// By the sum of another period, perhaps with a word on some lines.
    static Explanation of(
            Kind kind,
            String sentence,
            List<Line> lines,
            long sum,
            @Nullable LocalDate since,
            @Nullable LocalDate until) {
        List<Line> ordered = lines.stream().sorted(Line.OLDEST_FIRST).toList();
        return new Explanation(
                kind,
                sentence,
                ordered.stream().map(Line::entry).toList(),
                ordered.stream().map(Line::exchange).distinct().toList(),
                sum,
                since,
                until);
    }

    /// How the claim would differ from the ledger. Where all else is equal, what comes first here
    /// comes first.
    public enum Kind {
        TYPING_ERROR("typing-error"),
        ONE_CLAIMANT("one-claimant"),
        STALE("stale"),
        BOTH_DIRECTIONS("both-directions"),
        OTHER_PERIOD("other-period"),
        COUNTED_ONCE("counted-once"),
        LEFT_OUT("left-out"),
        ADDED_IN("added-in");

        private final String wire;

        Kind(String wire) {
            this.wire = wire;
        }

        /// The word as it stands in JSON.
        @JsonValue
        public String wire() {
            return wire;
        }
    }
}
