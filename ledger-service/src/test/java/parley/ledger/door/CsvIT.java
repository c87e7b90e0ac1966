package parley.ledger.door;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.ledger.door.Story.transfer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// What a spreadsheet or a chart tool reads.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
class CsvIT {
    private static final String CSV = "text/csv;charset=UTF-8;header=present";

    private final Story story = Story.ofConflict();

    @Test
    void totalsAreATableOfPartiesAndCategories() {
        report("x", "2025-07-17", "remains", 1000);
        report("y", "2025-07-18", "civilian", 3);

        Answer csv = story.ours("/totals?format=csv");

        assertThat(csv.header("Content-Type")).isEqualTo(CSV);
        assertThat(lines(csv)[0])
                .isEqualTo(
                        "conflict,asOf,knownAt,party,partyName,role,exchanges,lastExchangeOn,"
                                + "category,receivedBest,receivedLow,receivedHigh,receivedDisputed,receivedUnstated,"
                                + "handedOverBest,handedOverLow,handedOverHigh,handedOverDisputed,"
                                + "handedOverUnstated");
        assertThat(lines(csv)).hasSize(5);
        assertThat(lines(csv)[2])
                .contains(",UA,")
                .contains(",remains,1000,1000,1000,0,0,0,0,0,0,0");
        assertThat(csv.body()).endsWith("\r\n").doesNotContain("\uFEFF");
    }

    @Test
    void theHeaderOfTheRequestDecidesAndEachFormHasATagOfItsOwn() {
        report("x", "2025-07-17", "remains", 1000);

        for (String list :
                new String[] {"/totals", "/timeline", "/entries", "/exchanges", "/claims"}) {
            Answer json = story.ours(list);
            Answer csv = story.ours(list, "Accept", "text/csv");
            assertThat(json.header("Content-Type")).startsWith("application/json");
            assertThat(csv.header("Content-Type")).as(list).isEqualTo(CSV);
            assertThat(csv.header("ETag")).isNotEqualTo(json.header("ETag"));
            assertThat(csv.header("Vary")).contains("Accept");
            assertThat(
                            story.ours(
                                            list,
                                            "Accept",
                                            "text/csv",
                                            "If-None-Match",
                                            csv.header("ETag"))
                                    .status())
                    .isEqualTo(304);
            assertThat(story.ours(list, "Accept", "text/csv;q=0.5, application/json").body())
                    .isEqualTo(json.body());
        }
    }

    @Test
    void whatASpreadsheetWouldTakeForAFormulaIsText() {
        String csv = asCsv("=HYPERLINK(\\\"x\\\"), \\\"two\\\"");

        assertThat(csv).contains("\"'=HYPERLINK(\"\"x\"\"), \"\"two\"\"\"");
    }

    /// Where a spreadsheet parts cells by semicolons, or lines where it likes.
    @Test
    void whatItWouldTakeForOneBehindAnotherSeparatorIsTextToo() {
        String csv = asCsv("ok;=cmd|x,+1\\t-2\\n@y;\uFF1Dz; =w; 3-4 = a@b, -c");

        assertThat(csv).contains("\"ok;'=cmd|x,'+1\t'-2\n'@y;'\uFF1Dz; '=w; 3-4 = a@b, -c\"");
    }

    /// @param summary as it stands in JSON
    private String asCsv(String summary) {
        String exchange = story.exchange("2025-07-17", transfer("RU", "UA", "remains", 1));
        story.paper()
                .reports(
                        story.id("x"), "{\"summary\":\"" + summary + "\"," + exchange.substring(1));
        return story.ours("/exchanges?format=csv").body();
    }

    @Test
    void pagesAreFollowedByTheirLink() {
        report("x", "2025-07-17", "remains", 1);
        report("y", "2025-07-18", "remains", 2);

        Answer page = story.ours("/entries?format=csv&limit=1");

        assertThat(lines(page)).hasSize(2);
        assertThat(page.header("Link")).contains("format=csv").contains("rel=\"next\"");
    }

    @Test
    void whatIsNoTableOrNoFormIsRefusedWithWhatToDo() {
        report("x", "2025-07-17", "remains", 1);

        Answer none = story.ours("/agreements?format=csv");
        Answer unknown = story.ours("/totals?format=xls");

        assertThat(none.status()).isEqualTo(406);
        assertThat(none.text("/detail")).contains("CSV");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.text("/parameter")).isEqualTo("format");
    }

    private static String[] lines(Answer csv) {
        return Arrays.stream(csv.body().split("\r\n")).toArray(String[]::new);
    }

    private void report(String name, String day, String category, int count) {
        story.paper()
                .reports(
                        story.id(name), story.exchange(day, transfer("RU", "UA", category, count)));
    }
}
