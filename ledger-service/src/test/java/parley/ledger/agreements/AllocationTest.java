package parley.ledger.agreements;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import parley.contract.Category;
import parley.contract.Commitment;
import parley.contract.CountStatus;
import parley.contract.Direction;
import parley.ledger.agreements.Allocation.Transferred;
import parley.ledger.fold.Figure;

class AllocationTest {
    @Test
    void aCommitmentTakesWhatWentItsWay() {
        var commitments = List.of(commitment("RU", Category.REMAINS, 6000));

        List<Figure> shares =
                Allocation.of(
                        commitments,
                        List.of(
                                transferred("RU", Category.REMAINS, 1000),
                                transferred("UA", Category.REMAINS, 19),
                                transferred("RU", Category.CIVILIAN, 7)));

        assertThat(shares).extracting(Figure::best).containsExactly(1000L);
    }

    @Test
    void commitmentsOfOneDirectionAreFulfilledInTheirOrderAndTheLastTakesWhatIsOver() {
        var commitments =
                List.of(
                        commitment("RU", Category.REMAINS, 100),
                        commitment("RU", Category.REMAINS, 50),
                        commitment("RU", Category.REMAINS, 30));

        assertThat(best(commitments, 120)).containsExactly(100L, 20L, 0L);
        assertThat(best(commitments, 200)).containsExactly(100L, 50L, 50L);
    }

    @Test
    void aCommitmentWithoutACountTakesAllThatIsLeft() {
        var commitments =
                List.of(
                        commitment("RU", Category.REMAINS, 100),
                        commitment("RU", Category.REMAINS, null),
                        commitment("RU", Category.REMAINS, 30));

        assertThat(best(commitments, 150)).containsExactly(100L, 50L, 0L);
    }

    @Test
    void whatIsUnspecifiedIsFulfilledByEveryCategoryWithoutACommitmentOfItsOwn() {
        var commitments =
                List.of(
                        commitment("RU", Category.UNSPECIFIED, 100),
                        commitment("RU", Category.REMAINS, 10));

        List<Figure> shares =
                Allocation.of(
                        commitments,
                        List.of(
                                transferred("RU", Category.REMAINS, 12),
                                transferred("RU", Category.CIVILIAN, 5),
                                transferred("RU", Category.UNSPECIFIED, 3),
                                transferred("UA", Category.CIVILIAN, 40)));

        assertThat(shares).extracting(Figure::best).containsExactly(8L, 12L);
    }

    @Test
    void nothingTransferredFulfilsNothing() {
        var commitments = List.of(commitment("RU", Category.REMAINS, 6000));

        assertThat(Allocation.of(commitments, List.of())).containsExactly(Figure.NONE);
    }

    private static List<Long> best(List<Commitment> commitments, int count) {
        return Allocation.of(commitments, List.of(transferred("RU", Category.REMAINS, count)))
                .stream()
                .map(Figure::best)
                .toList();
    }

    private static Transferred transferred(String from, Category category, int count) {
        return new Transferred(
                new Direction(from, other(from), category), new Figure(count, count, count, 0, 0));
    }

    private static Commitment commitment(String from, Category category, @Nullable Integer count) {
        return new Commitment(
                from,
                other(from),
                category,
                count,
                count == null ? CountStatus.UNKNOWN : null,
                null,
                null,
                null,
                List.of(),
                null,
                null);
    }

    private static String other(String party) {
        return party.equals("RU") ? "UA" : "RU";
    }
}
