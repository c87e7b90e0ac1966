package parley.ledger.duplicates;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import parley.contract.Direction;
import parley.contract.EdtfDate;
import parley.contract.Exchange;
import parley.contract.Quantity;
import parley.contract.Source;
import parley.contract.Transfer;

/// How far two reports look like one handover.
///
/// Never what the statements prove different: numbers that are far apart, two deals, two days told
/// apart by one publisher. And never on equal numbers alone: on another day they are another
/// handover, unless the reports share a place or a source.
///
/// @param hundredths how much speaks for it, of 100
/// @param reasons what does, as sentences
record Likeness(int hundredths, List<String> reasons) {
    private static final int SURE = 100;
    private static final int PROBABLE = 50;
    private static final int APART_PER_CENT_MAX = 5;

    static Optional<Likeness> of(Report one, Report other) {
        var found = new Findings(one, other);
        return found.areApart() || found.hundredths < PROBABLE
                ? Optional.empty()
                : Optional.of(
                        new Likeness(Math.min(found.hundredths, SURE), List.copyOf(found.reasons)));
    }

    /// What is found on the way; once the reports are apart, nothing more counts.
    private static final class Findings {
        private final Report one;
        private final Report other;
        private final List<String> reasons = new ArrayList<>();
        private int hundredths;
        private boolean areApart;

        Findings(Report one, Report other) {
            this.one = one;
            this.other = other;
            compareDates(one.exchange().occurredOn(), other.exchange().occurredOn());
            compareTransfers();
            compareAgreements();
            comparePublishers();
        }

        boolean areApart() {
            return areApart;
        }

        private void count(int more, String reason) {
            hundredths += more;
            reasons.add(reason);
        }

        private boolean isOfOnePublisher() {
            return one.publisher().equals(other.publisher());
        }

        private void compareDates(EdtfDate day, EdtfDate otherDay) {
            boolean haveCommon = compareSurroundings();
            if (day.text().equals(otherDay.text())) {
                count(40, "Both took place on %s.".formatted(day.text()));
            } else if (isUpTo(day.first(), otherDay.last())
                    && isUpTo(otherDay.first(), day.last())) {
                count(30, "Their dates overlap: %s and %s.".formatted(day.text(), otherDay.text()));
            } else if (haveCommon
                    && !isOfOnePublisher()
                    && isUpTo(day.first(), otherDay.last().plusDays(1))
                    && isUpTo(otherDay.first(), day.last().plusDays(1))) {
                count(10, "Their dates touch: %s and %s.".formatted(day.text(), otherDay.text()));
            } else {
                areApart = true;
            }
        }

        private static boolean isUpTo(LocalDate day, LocalDate last) {
            return !day.isAfter(last);
        }

        /// Where it was, and whence one knows it.
        private boolean compareSurroundings() {
            int before = hundredths;
            String place = one.exchange().place();
            if (place != null && place.equalsIgnoreCase(other.exchange().place())) {
                count(10, "Both name the place %s.".formatted(place));
            }
            one.exchange().sources().stream()
                    .map(Source::url)
                    .filter(
                            url ->
                                    other.exchange().sources().stream()
                                            .map(Source::url)
                                            .anyMatch(url::equals))
                    .findFirst()
                    .ifPresent(url -> count(20, "Both rest on %s.".formatted(url)));
            return hundredths > before;
        }

        private void compareTransfers() {
            Map<Direction, Transfer> others = byDirection(other.exchange());
            Map<Direction, Transfer> ours = byDirection(one.exchange());
            boolean areAllEqual = ours.keySet().equals(others.keySet());
            int best = 0;
            for (var entry : ours.entrySet()) {
                Transfer otherTransfer = others.get(entry.getKey());
                if (otherTransfer != null) {
                    int weight = compare(entry.getKey(), entry.getValue(), otherTransfer);
                    areAllEqual &= weight == 25;
                    best = Math.max(best, weight);
                }
            }
            areApart |= best == 0;
            if (areAllEqual) {
                count(5, "Neither states a transfer that the other does not.");
            }
        }

        private static Map<Direction, Transfer> byDirection(Exchange exchange) {
            return exchange.transfers().stream()
                    .collect(Collectors.toMap(Transfer::direction, Function.identity()));
        }

        /// What it weighs that those numbers are alike; two zeros weigh nothing.
        private int compare(Direction direction, Transfer transfer, Transfer otherTransfer) {
            Quantity quantity = transfer.quantity();
            Quantity otherQuantity = otherTransfer.quantity();
            Integer count = quantity.count();
            Integer otherCount = otherQuantity.count();
            String what =
                    "%s from %s to %s"
                            .formatted(
                                    direction.category().wire(), direction.from(), direction.to());
            if (count == null || otherCount == null) {
                boolean isSaidByNeither = Objects.equals(count, otherCount);
                count(
                        5,
                        isSaidByNeither
                                ? "Neither says how many: %s.".formatted(what)
                                : "Only one says how many: %s.".formatted(what));
                return 5;
            }
            if (count.equals(otherCount)) {
                if (count == 0) {
                    return 0;
                }
                count(25, "Both say %d: %s.".formatted(count, what));
                return 25;
            }
            if (areAlike(count, otherCount) || quantity.canBe(otherQuantity)) {
                count(15, "%d and %d are alike: %s.".formatted(count, otherCount, what));
                return 15;
            }
            areApart = true;
            return 0;
        }

        private static boolean areAlike(int count, int otherCount) {
            int apart = Math.abs(count - otherCount);
            return apart <= 1
                    || (long) apart * 100
                            <= (long) Math.max(count, otherCount) * APART_PER_CENT_MAX;
        }

        private void compareAgreements() {
            Map<Direction, Transfer> others = byDirection(other.exchange());
            for (Transfer transfer : one.exchange().transfers()) {
                Transfer otherTransfer = others.get(transfer.direction());
                String deal = one.exchange().agreementOf(transfer);
                String otherDeal =
                        otherTransfer == null ? null : other.exchange().agreementOf(otherTransfer);
                areApart |= deal != null && otherDeal != null && !deal.equals(otherDeal);
            }
        }

        private void comparePublishers() {
            if (!isOfOnePublisher()) {
                count(
                        15,
                        "Two publishers report them: %s and %s."
                                .formatted(one.publisher(), other.publisher()));
            }
        }
    }
}
