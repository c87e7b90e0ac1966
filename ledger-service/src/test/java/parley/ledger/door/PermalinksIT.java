package parley.ledger.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static parley.ledger.door.Story.transfer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What was known at a moment, for good: an address to print.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
class PermalinksIT {
    private static final String FOR_GOOD = "public, max-age=31536000, immutable";
    private static final String FOR_A_MOMENT = "public, max-age=1, stale-while-revalidate=30";
    private static final String LATER_CONFLICT = "later";

    private final Story story = Story.ofConflict();
    private final String exchange = story.id("x");
    private final String other = story.id("y");
    private final String awaiting = story.id("awaiting");
    private final String deal = story.id("deal");
    private final String claim = story.id("c");
    private final String key = story.id("key");

    @Test
    void anAnswerOfAMomentThatIsReadPastIsTheSameForGoodWhateverComesLater() {
        muchIsSaid();
        String moment = story.ours("/totals").text("/knownAt");
        Map<String, Answer> before = new LinkedHashMap<>();
        for (String path : paths(moment)) {
            before.put(path, untilForGood(path));
        }

        muchIsChanged();

        assertThat(story.best("RU", "handedOver")).isEqualTo("7");
        assertThat(story.get("/v1/events/" + key).text("/items/0/outcome")).isEqualTo("applied");
        before.forEach(
                (path, first) -> {
                    Answer after = story.get(path);
                    assertThat(first.status()).as(path).isEqualTo(200);
                    assertThat(after.status()).as(path).isEqualTo(200);
                    assertThat(after.body()).as(path).isEqualTo(first.body());
                    assertThat(after.header("Link")).as(path).isEqualTo(first.header("Link"));
                    assertThat(after.header("ETag")).as(path).isEqualTo(first.header("ETag"));
                    assertThat(after.header("Cache-Control")).as(path).isEqualTo(FOR_GOOD);
                });
    }

    @Test
    void whatBecameOfAnEventIsAnsweredAsItWasHeldBeforeALaterDefinitionTurnedIt() {
        muchIsSaid();
        String moment = story.ours("/totals").text("/knownAt");

        define(LATER_CONFLICT, "UA", "RU");

        Answer then = story.get("/v1/events/" + key + at(moment));
        assertThat(then.text("/items/0/outcome")).isEqualTo("rejected");
        assertThat(then.text("/items/0/reason")).contains("is not defined");
        assertThat(story.get("/v1/events/" + key).text("/items/0/outcome")).isEqualTo("applied");
        assertThat(rejected(at(moment))).contains(key);
        assertThat(rejected("?")).doesNotContain(key);
        assertThat(story.get("/v1/exchanges/" + awaiting + "/history" + at(moment)).status())
                .isEqualTo(404);
        assertThat(story.get("/v1/exchanges/" + awaiting + "/history").items("/event/outcome"))
                .containsExactly("applied");
    }

    @Test
    void rejectionsOfAMomentCanBePagedThroughThoughSomeAreTurnedMeanwhile() {
        muchIsSaid();
        story.paper().sends("exchange.reported", story.id("bad"), "{}");
        String moment = story.get("/v1/rejections").text("/knownAt");
        List<String> all = rejected(at(moment));

        Answer first = story.get("/v1/rejections" + at(moment) + "&limit=1");
        define(LATER_CONFLICT, "UA", "RU");

        var paged = new ArrayList<>(first.items("/id"));
        for (Answer page = first; !page.at("/next").isNull(); ) {
            page = story.get(page.text("/next"));
            paged.addAll(page.items("/id"));
        }
        assertThat(paged).isEqualTo(all).contains(key);
    }

    @Test
    void whatIsRejectedNamesTheMomentOfItsLastTurn() {
        muchIsSaid();
        define(LATER_CONFLICT, "UA", "RU");

        Answer now = story.get("/v1/rejections");

        assertThat(story.get("/v1/rejections" + at(now.text("/knownAt"))).items("/offset"))
                .isEqualTo(now.items("/offset"));
    }

    @Test
    void aMomentThatIsNotReadPastYetIsAnsweredForAMoment() {
        muchIsSaid();
        String future = Instant.now().plusSeconds(3600).toString();

        for (String path : paths(future)) {
            Answer answer = story.get(path);

            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.header("Cache-Control")).as(path).isEqualTo(FOR_A_MOMENT);
        }
    }

    @Test
    void whatHasNoMomentOrIsNotThereIsNotForGood() {
        muchIsSaid();
        String moment = story.ours("/totals").text("/knownAt");
        untilForGood("/v1/conflicts/" + story.conflict + "/totals" + at(moment));

        assertThat(story.ours("/totals").header("Cache-Control")).isEqualTo(FOR_A_MOMENT);
        assertThat(story.ours("/totals?asOf=2025-07-17").header("Cache-Control"))
                .isEqualTo(FOR_A_MOMENT);
        assertThat(story.get("/v1/audit" + at(moment)).header("Cache-Control"))
                .isEqualTo(FOR_A_MOMENT);
        for (String path : List.of("/v1/exchanges/", "/v1/events/", "/v1/claims/")) {
            Answer nothing = story.get(path + story.id("nothing") + at(moment));
            assertThat(nothing.status()).as(path).isEqualTo(404);
            assertThat(nothing.header("Cache-Control")).as(path).doesNotContain("immutable");
        }
    }

    @Test
    void whoHasAnAnswerForGoodIsToldSoForGood() {
        muchIsSaid();
        String path =
                "/v1/conflicts/"
                        + story.conflict
                        + "/totals"
                        + at(story.ours("/totals").text("/knownAt"));
        Answer first = untilForGood(path);

        Answer again = story.get(path, "If-None-Match", first.header("ETag"));

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("Cache-Control")).isEqualTo(FOR_GOOD);
    }

    @Test
    void aMomentIsAsExactAsTheBooks() {
        muchIsSaid();
        var known = Instant.parse(story.ours("/totals").text("/knownAt"));
        String justBefore = known.minusNanos(1).toString();

        Answer answer =
                untilForGood("/v1/conflicts/" + story.conflict + "/totals" + at(justBefore));

        assertThat(Instant.parse(answer.text("/knownAt"))).isBefore(known);
        assertThat(answer.text("/position"))
                .isNotEqualTo(story.ours("/totals" + at(known.toString())).text("/position"));
    }

    @Test
    void aClaimOfAnotherConflictIsNotAmongThoseOfAnExchange() {
        muchIsSaid();
        var abroad = Story.ofConflict();
        abroad.paper().claims(abroad.id("foreign"), abroad.countClaim(exchange, "Zoe", 1));

        Answer answer = story.get("/v1/exchanges/" + exchange);

        assertThat(answer.at("/claims").findValuesAsText("claimId")).containsExactly(claim);
        assertThat(story.ours("/totals/UA").text("/parties/0/totals/0/received/low"))
                .isEqualTo("1021");
    }

    private void muchIsSaid() {
        story.paper()
                .sends(
                        "agreement.reported",
                        deal,
                        story.agreement("2025-06-02", transfer("RU", "UA", "remains", 6000)));
        story.paper()
                .underKey(key)
                .sends(
                        "exchange.reported",
                        awaiting,
                        remains(5).replace(story.conflict, story.id(LATER_CONFLICT)));
        story.paper().reports(exchange, remains(1000));
        story.rival().reports(other, remains(20));
        story.paper().claims(claim, story.countClaim(exchange, "Ann", 1003));
        story.editor().corrects(exchange, remains(1001));
        story.rival().corrects(exchange, remains(3));
    }

    private void muchIsChanged() {
        story.editor().corrects(exchange, remains(7));
        story.editor().merges(other, exchange);
        story.paper().sends("claim.retracted", claim, "{\"reason\":\"unsaid\"}");
        story.paper().sends("agreement.retracted", deal, "{\"reason\":\"untrue\"}");
        story.paper().claims(story.id("d"), story.countClaim(exchange, "Ben", 9));
        story.define("RU", "BY");
        define(LATER_CONFLICT, "UA", "RU");
    }

    private void define(String conflict, String... sides) {
        story.editor()
                .sends(
                        "conflict.defined",
                        story.id(conflict),
                        """
                        {"name":"Later","parties":[{"party":"%s","name":"A","role":"side"},
                                                   {"party":"%s","name":"B","role":"side"}]}
                        """
                                .formatted((Object[]) sides));
    }

    private String remains(int count) {
        return story.exchangeUnder(deal, "2025-07-17", transfer("RU", "UA", "remains", count));
    }

    /// Every resource that can be asked for a moment, with and without a day.
    private List<String> paths(String moment) {
        String ours = "/v1/conflicts/" + story.conflict;
        var paths = new ArrayList<String>();
        for (String path :
                List.of(
                        "/v1/conflicts",
                        ours,
                        ours + "/totals",
                        ours + "/totals/UA",
                        ours + "/entries",
                        ours + "/exchanges",
                        ours + "/claims",
                        ours + "/agreements",
                        "/v1/exchanges/" + exchange,
                        "/v1/exchanges/" + exchange + "/history",
                        "/v1/claims/" + claim,
                        "/v1/claims/" + claim + "/history",
                        "/v1/agreements/" + deal,
                        "/v1/agreements/" + deal + "/history",
                        "/v1/events/" + key,
                        "/v1/rejections")) {
            paths.add(path + at(moment));
            paths.add(path + at(moment) + "&asOf=2025-07-17");
        }
        paths.add(ours + "/exchanges" + at(moment) + "&limit=1");
        paths.add("/v1/rejections" + at(moment) + "&limit=1");
        return paths;
    }

    private static String at(String moment) {
        return "?knownAt=" + URLEncoder.encode(moment, UTF_8);
    }

    private List<String> rejected(String query) {
        return story.get("/v1/rejections" + query + "&limit=1000").items("/id");
    }

    /// The clocks may differ by a second, which has to pass.
    private Answer untilForGood(String path) {
        return await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> story.get(path),
                        answer -> answer.header("Cache-Control").equals(FOR_GOOD));
    }
}
