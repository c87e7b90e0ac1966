package parley.ledger.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static parley.ledger.door.Story.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/// The page in a real browser, held against what the calls answer.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
@EnabledIf("parley.ledger.door.Browser#isThere")
class DashboardIT {
    private static final Path REAL_DATA = Path.of("../deploy/data/ru-ua.ndjson");
    private static final int DESKTOP = 1280;
    private static final int PHONE = 390;
    private static final long BYTES_MAX = 150_000;

    /// What lies beside the screen, but for what scrolls by itself or is out of sight on purpose.
    private static final String RUNS_OVER =
            """
            const width = document.documentElement.clientWidth;
            return [...document.querySelectorAll("body *")]
              .filter(it => !it.parentElement.closest(".scroll, svg"))
              .filter(it => !it.matches(".skip, .hidden"))
              .filter(it => {
                const { left, right } = it.getBoundingClientRect();
                return left < 0 || right > width;
              }).map(it => it.outerHTML.slice(0, 80));
            """;

    private static Browser browser;

    private final Story story = Story.ofConflict();

    @BeforeAll
    static void loadTheRealData() throws IOException {
        browser = new Browser();
        var events = new ArrayList<LogWriter.Event>();
        for (String line : Files.readAllLines(REAL_DATA)) {
            JsonNode event = Answer.json(line);
            events.add(
                    new LogWriter.Event(
                            event.get("type").asText(),
                            "editor",
                            event.get("id").asText(),
                            event.get("subject").asText(),
                            event.get("data").toString()));
        }
        LogWriter.atOnce("desk", events);
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @BeforeEach
    void begin() {
        browser.size(DESKTOP, 900);
        browser.scheme("light");
        browser.scripts(true);
        browser.console();
    }

    @ParameterizedTest
    @ValueSource(ints = {PHONE, DESKTOP})
    void everyFigureIsThatOfTheCallWithWhatItLeavesOpen(int width) {
        browser.size(width, 900);
        JsonNode totals = story.get("/v1/conflicts/ru-ua/totals").json();

        browser.openWhole("/?conflict=ru-ua&lang=en");

        assertThat(figures()).isEqualTo(expected(totals));
        assertThat(browser.console()).isEmpty();
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.run("return document.documentElement.scrollWidth"))
                .isEqualTo((long) width);
    }

    /// As far as the whole page, which is more than what is seen first.
    @Test
    void thePageIsLight() {
        browser.openWhole("/?conflict=ru-ua&lang=en&asOf=2025-12-31");

        Object bytes =
                browser.run(
                        "return [...performance.getEntriesByType('navigation'),"
                                + "...performance.getEntriesByType('resource')]"
                                + ".filter(it => !it.name.includes('/v1/')"
                                + " && !it.name.includes('/q/'))"
                                + ".reduce((sum, it) => sum + it.encodedBodySize, 0)");
        Object paint =
                browser.run(
                        "return performance.getEntriesByName('first-contentful-paint')[0]"
                                + ".startTime");
        System.out.println("The page: " + bytes + " bytes, first seen after ms " + paint);
        assertThat((Long) bytes).isPositive().isLessThan(BYTES_MAX);
    }

    @Test
    void withoutScriptsTheTableHoldsTheSameFigures() {
        JsonNode totals = story.get("/v1/conflicts/ru-ua/totals?asOf=2022-12-31").json();
        browser.scripts(false);

        browser.open("/?conflict=ru-ua&lang=en&asOf=2022-12-31&knownOn=");

        assertThat(figures()).isEqualTo(expected(totals));
        assertThat(browser.all("#views section")).isEmpty();
        assertThat(browser.one("#parties a").getAttribute("href"))
                .contains("/entries?asOf=2022-12-31&party=UA&");
    }

    @Test
    void theDarkPageInUkrainianIsAsAccessible() {
        browser.scheme("dark");
        story.get("/v1/conflicts/ru-ua");

        browser.openWhole("/?conflict=ru-ua&lang=uk");

        assertThat(browser.text("h1")).isEqualTo("Росія–Україна");
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void aFigureLeadsToItsEntriesAndTheseToTheExchange() {
        Answer totals = story.get("/v1/conflicts/ru-ua/totals");
        browser.openWhole("/?conflict=ru-ua&lang=en");
        String query = "party=UA&direction=received&category=child";
        JsonNode entries = story.get("/v1/conflicts/ru-ua/entries?" + query).at("/items");
        long sum = 0;
        for (JsonNode entry : entries) {
            sum += entry.at("/figure/best").asLong();
        }

        browser.one("[data-of='UA received child']").click();

        browser.awaitText(".sum", entries.size() + " entries add up to " + written(sum));
        assertThat(browser.all(".behind tbody tr")).hasSize(entries.size());
        assertThat(browser.address()).contains("party=UA").contains("category=child");
        browser.one(".behind .cite").click();
        browser.awaitText(".behind .tools [role=status]", "Copied.");
        assertThat(plain(browser.clipboard()))
                .startsWith("Ukraine, received: " + written(sum) + " children (")
                .contains(" · disputed ")
                .endsWith(
                        browser.address()
                                + "&knownAt="
                                + URLEncoder.encode(totals.text("/knownAt"), UTF_8));
        assertThat(browser.violations()).isEmpty();
        String exchange = entries.at("/0/exchange").asText();
        browser.one("[data-exchange='" + exchange + "']").click();
        browser.await(".behind .history li");
        assertThat(browser.address()).contains("exchange=" + exchange);
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void anAddressIsAPermalink() {
        JsonNode totals = story.get("/v1/conflicts/ru-ua/totals?asOf=2023-06-30").json();
        String address =
                "/?conflict=ru-ua&lang=en&asOf=2023-06-30&party=UA&direction=received"
                        + "&category=remains";

        browser.openWhole(address);

        assertThat(figures()).isEqualTo(expected(totals));
        browser.await(".behind tbody tr");
        assertThat(browser.text("#basis")).contains("30 June 2023");
        assertThat(browser.text(".behind h2")).contains("Ukraine").contains("Remains");
    }

    @Test
    void aCorrectionIsStruckThroughAndTellsItsReason() {
        report("x", 1000);
        story.paper().corrects(story.id("x"), remains(1003));
        story.ours("/totals");

        browser.openWhole("/?lang=en&conflict=" + story.conflict + "&exchange=" + story.id("x"));

        browser.await(".behind .history s");
        assertThat(browser.text(".behind .history")).contains("recounted");
        assertThat(browser.text(".behind .history s")).isEqualTo("1000");
        assertThat(browser.text(".behind .history ins")).isEqualTo("1003");
    }

    @Test
    void aChangeIsAnnouncedAndMovesNothingUntilItIsAskedFor() {
        report("x", 1000);
        browser.openWhole("/?lang=en&conflict=" + story.conflict);
        assertThat(browser.text("[data-of='UA received remains']")).isEqualTo("1,000");

        assertThat(browser.text("#basis")).contains("Last exchange: 17 July 2025");
        assertThat(browser.text("#duplicates")).contains("No two reports look like one handover.");
        browser.one("#timeline summary").click();

        String withItsRange =
                transfer("RU", "UA", "remains", 1003).replace("}", ",\"low\":1001,\"high\":1010}");
        story.rival().reports(story.id("y"), story.exchange("2025-07-17", withItsRange));
        String reason = story.ours("/duplicates").text("/items/0/reasons/0");

        browser.awaitText("#announce", "The totals have changed.");
        assertThat(browser.text("[data-of='UA received remains']")).isEqualTo("1,000");
        assertThat(browser.text("#timeline table")).contains("1,000").doesNotContain("2,003");
        browser.one("#announce button").click();
        browser.awaitText("[data-of='UA received remains']", "2,003");
        browser.await("#duplicates tbody");
        assertThat(browser.text("#duplicates tbody")).contains(reason);
        assertThat(browser.text("#duplicates tbody"))
                .contains("paper", "rival", "1,000", "1,003 (1,001–1,010)");
        assertThat(browser.text("#timeline table")).contains("2,003");
        assertThat(browser.text("#latest li:first-child"))
                .contains("Exchange " + story.id("y") + ": added", "1,000 → 2,003");
        assertThat(browser.all("#latest li")).hasSize(3);
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.console()).isEmpty();
    }

    /// That of `docs/reading.md`, in a page of another site.
    @Test
    void whatTheGuideShowsForAPageFollowsTheTotals() throws IOException {
        report("x", 1000);
        String port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", String.class);
        String guide = Files.readString(Path.of("docs/reading.md"));
        byte[] page =
                guide.substring(guide.indexOf("<p>Returned to"), guide.indexOf("</script>"))
                        .concat("</script>")
                        .replace("localhost:8081", "localhost:" + port)
                        .replace("ru-ua", story.conflict)
                        .getBytes(UTF_8);
        var elsewhere =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext(
                "/",
                asked -> {
                    asked.getResponseHeaders().set("Content-Type", "text/html;charset=UTF-8");
                    asked.sendResponseHeaders(200, page.length);
                    asked.getResponseBody().write(page);
                    asked.close();
                });
        elsewhere.start();
        try {
            browser.openElsewhere(
                    URI.create("http://127.0.0.1:" + elsewhere.getAddress().getPort()));
            browser.awaitText("#remains", "1000");

            report("y", 5);

            browser.awaitText("#remains", "1005");
        } finally {
            browser.open("/"); // Else it would go on listening.
            elsewhere.stop(0);
        }
    }

    @Test
    void othersMayFrameWhatIsMeantForItAndNothingElse() {
        Answer page = story.get("/?conflict=ru-ua");
        Answer embed = story.get("/embed/totals/ru-ua?lang=uk&theme=dark");
        Answer strange = story.get("/embed/totals/ru-ua?theme=pink");

        assertThat(page.header("Content-Security-Policy"))
                .contains("script-src 'self'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(embed.header("Content-Security-Policy")).contains("frame-ancestors *");
        assertThat(embed.body()).contains("data-theme=\"dark\"").contains("Україна");
        assertThat(strange.status()).isEqualTo(400);
        assertThat(strange.text("/parameter")).isEqualTo("theme");
        assertThat(story.get("/?conflict=ru-ua", "If-None-Match", page.header("ETag")).status())
                .isEqualTo(304);
    }

    @Test
    void embedsAreAccessibleAndTheirChartEndsWithTheTotal() throws IOException {
        JsonNode best =
                story.get("/v1/conflicts/ru-ua/totals/UA").at("/parties/0/totals/0/received/best");
        for (String path : List.of("/embed/totals/ru-ua", "/embed/timeline/ru-ua")) {
            browser.open(path + "?lang=en&theme=dark");

            assertThat(browser.text("main")).contains(written(best.asLong()));
            assertThat(browser.violations()).as(path).isEmpty();
            assertThat(browser.console()).as(path).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"totals", "timeline"})
    void aCardIsADrawingAndAPictureThatLeadBackToThePage(String kind) throws IOException {
        JsonNode figure =
                story.get("/v1/conflicts/ru-ua/totals/UA").at("/parties/0/totals/0/received");

        Answer card = story.get("/embed/" + kind + "/ru-ua/card.svg?lang=en");
        byte[] picture = Story.bytes("/embed/" + kind + "/ru-ua/card.png?lang=uk").body();

        assertThat(card.header("Content-Type")).startsWith("image/svg+xml");
        assertThat(plain(card.body()))
                .contains(written(figure.get("best").asLong()) + "<")
                .contains(uncertainty(figure).split(" · "))
                .contains("/?conflict=ru-ua&amp;lang=en<");
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
        assertThat(image.getWidth()).isEqualTo(1200);
        assertThat(Arrays.stream(image.getRGB(0, 0, 1200, 630, null, 0, 1200)).distinct().count())
                .isGreaterThan(50);
    }

    /// As `og:image` of the page, and each figure of the sides on it.
    @Test
    void theCardOfTheTotalsHasEveryFigureOfTheSides() {
        JsonNode totals = story.get("/v1/conflicts/ru-ua/totals").json();
        String page = story.get("/?conflict=ru-ua&lang=en").body();
        var address = Pattern.compile("og:image\" content=\"http://[^/]+([^\"]+)").matcher(page);
        assertThat(address.find()).isTrue();

        String card = story.get(address.group(1).replace("card.png", "card.svg")).body();

        var figures = new ArrayList<String>();
        for (JsonNode party : totals.get("parties")) {
            for (JsonNode total : party.get("totals")) {
                if (party.get("role").asText().equals("side")) {
                    figures.add(written(total.get("received")));
                    figures.add(written(total.get("handedOver")));
                }
            }
        }
        assertThat(
                        Pattern.compile("bold\"[^>]*>([\\d,]+)</text><text[^>]*>(.*?)</text>")
                                .matcher(plain(card))
                                .results()
                                .map(
                                        it ->
                                                it.group(1)
                                                        + " "
                                                        + it.group(2)
                                                                .replaceAll(
                                                                        "</tspan><[^>]*>", " · ")
                                                                .replaceAll("<[^>]*>", "")))
                .containsExactlyInAnyOrderElementsOf(figures);
    }

    /// Where server-sent events do not come through.
    @Test
    void withoutAStreamAChangeIsPolledFor() {
        report("x", 1000);
        browser.block("*/v1/stream*");
        browser.openWhole("/?lang=en&conflict=" + story.conflict);

        report("y", 5);

        browser.awaitText("#announce", "The totals have changed.");
        assertThat(
                        browser.run(
                                "return performance.getEntriesByType('resource')"
                                        + ".some(it => /totals\\?wait=/.test(it.name))"))
                .isEqualTo(true);
        browser.block();
    }

    @Test
    void runningTotalsAreToldInSentencesWithTheirEvidence() {
        JsonNode items = story.get("/v1/conflicts/ru-ua/reconciliation?limit=1000").at("/items");

        browser.openWhole("/?conflict=ru-ua&lang=en");

        List<WebElement> shown = browser.all("#reconciliation .findings > li");
        assertThat(shown).isNotEmpty().hasSameSizeAs(items);
        for (int index = 0; index < shown.size(); index++) {
            JsonNode item = items.get(index);
            String text = shown.get(index).getText();
            assertThat(text)
                    .contains(item.at("/claimant/name").asText())
                    .contains(written(item.get("claimed").asLong()))
                    .contains(uncertainty(item.get("ledger")));
            for (JsonNode explanation : item.get("explanations")) {
                assertThat(text).contains(explanation.get("sentence").asText());
            }
        }
        assertThat(browser.violations()).isEmpty();
        WebElement exchange = browser.one("#reconciliation .findings button");
        String id = exchange.getText();
        exchange.click();
        browser.await(".behind .history li");
        assertThat(browser.address()).contains("exchange=" + id);
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void agreementsSayHowFarTheyAreFulfilled() {
        JsonNode agreements = story.get("/v1/conflicts/ru-ua/agreements").at("/items");
        browser.openWhole("/?conflict=ru-ua&lang=en");
        browser.run(
                "document.querySelectorAll('#agreements details').forEach(it => it.open = true)");

        List<WebElement> shown = browser.all("#agreements details");

        assertThat(shown).hasSameSizeAs(agreements);
        for (int index = 0; index < shown.size(); index++) {
            String text = shown.get(index).getText();
            assertThat(text).contains(agreements.get(index).get("title").asText());
            for (JsonNode commitment : agreements.get(index).get("commitments")) {
                assertThat(text).contains(written(commitment.at("/transferred/best").asLong()));
            }
        }
        assertThat(browser.all("#embed a").stream().map(it -> it.getText()))
                .containsExactly("Totals, SVG", "Totals, PNG", "Over time, SVG", "Over time, PNG");
        assertThat(browser.all("#duplicates tbody tr"))
                .hasSameSizeAs(story.get("/v1/conflicts/ru-ua/duplicates?limit=20").at("/items"));
        assertThat(browser.violations()).isEmpty();
    }

    @Test
    void everyLanguageSaysAllThatEnglishSays() {
        var english = story.get("/dashboard/any/lang/en.json").json().fieldNames();
        JsonNode ukrainian = story.get("/dashboard/any/lang/uk.json").json();

        assertThat(english)
                .toIterable()
                .isNotEmpty()
                .allSatisfy(it -> assertThat(ukrainian.has(it)).as(it).isTrue());
    }

    @Test
    void aPeriodIsChosenFromTheKeyboardOrByDragging() {
        story.get("/v1/conflicts/ru-ua");
        browser.openWhole("/?conflict=ru-ua&lang=en");
        JsonNode last = story.get("/v1/conflicts/ru-ua/timeline?limit=1000").at("/items");
        String until = last.get(last.size() - 1).get("to").asText();

        browser.one(".chart").sendKeys(Keys.ENTER, Keys.ENTER);

        browser.await(".behind tbody tr");
        assertThat(browser.address()).contains("until=" + until).doesNotContain("party=");

        browser.one(".behind .close").click();
        browser.drag(browser.one(".chart"), 0.9, 0.5);

        browser.await(".behind[open] tbody tr");
        JsonNode first = last.get((int) ((0.5 * 720 - 56) / (652.0 / last.size())));
        JsonNode end = last.get((int) ((0.9 * 720 - 56) / (652.0 / last.size())));
        assertThat(browser.address())
                .contains("since=" + first.get("from").asText())
                .contains("until=" + end.get("to").asText());
        assertThat(browser.all(".behind tbody tr"))
                .hasSameSizeAs(
                        story.get(
                                        "/v1/conflicts/ru-ua/entries?category=prisoner-of-war"
                                                + "&since=%s&until=%s"
                                                        .formatted(
                                                                first.get("from").asText(),
                                                                end.get("to").asText()))
                                .at("/items"));
    }

    @Test
    void onPaperWhatIsOpenedIsDarkOnWhiteAndItsSourcesAreWrittenOut() {
        story.get("/v1/conflicts/ru-ua");
        browser.openWhole(
                "/?conflict=ru-ua&lang=en&theme=dark&party=UA&direction=received"
                        + "&category=prisoner-of-war");
        browser.await(".behind tbody tr");

        browser.paper();

        assertThat(browser.one(".behind .unsure").getCssValue("color"))
                .isEqualTo("rgba(84, 92, 102, 1)");
        assertThat(isSeen(".behind .tools")).isFalse();
        assertThat(isSeen("#totals")).isFalse();
        assertThat(
                        browser.run(
                                "const source = document.querySelector('.behind .sources a');"
                                        + "return getComputedStyle(source, '::after').content"
                                        + ".includes(source.href)"))
                .isEqualTo(true);
        assertThat(browser.pages()).isGreaterThan(3);

        browser.run("document.querySelector('.behind').close()");

        assertThat(isSeen("#totals")).isTrue();
        assertThat(isSeen("#agreements table")).isTrue();
        assertThat(isSeen(".clocks")).isFalse();
    }

    private static boolean isSeen(String selector) {
        return (boolean)
                browser.run(
                        "return document.querySelector('%s').checkVisibility()"
                                .formatted(selector));
    }

    /// In a language that the tests add: one file.
    @Test
    void fromRightToLeftNothingRunsOverAndTheArrowPointsAtWhoReceives() {
        story.get("/v1/conflicts/ru-ua");
        browser.size(PHONE, 900);
        browser.openWhole("/?conflict=ru-ua&lang=he");
        browser.run("document.querySelector('#agreements details').open = true");

        for (int width : new int[] {PHONE, DESKTOP}) {
            browser.size(width, 900);

            assertThat(browser.run(RUNS_OVER)).as("at " + width).isEqualTo(List.of());
        }
        assertThat(
                        browser.run(
                                "const [from, to] ="
                                        + " document.querySelectorAll('#agreements td bdi');"
                                        + "return [from.nextSibling.textContent.trim(),"
                                        + " from.getBoundingClientRect().left"
                                        + " > to.getBoundingClientRect().left]"))
                .isEqualTo(List.of("←", true));
        assertThat(browser.one("#parties td").getCssValue("padding-right")).isEqualTo("0px");
        assertThat(browser.one(".chart").getCssValue("direction")).isEqualTo("ltr");
        assertThat(browser.console()).isEmpty();
    }

    /// `-Dparley.screenshots=true` writes those that the documentation shows.
    @Test
    @EnabledIfSystemProperty(named = "parley.screenshots", matches = "true")
    void theViewsAreShot() throws IOException {
        Path folder = Files.createDirectories(Path.of("docs/screenshots"));
        story.get("/v1/conflicts/ru-ua");
        openToShoot("/?conflict=ru-ua&lang=en");
        browser.shoot(folder.resolve("totals.png"));
        for (String view : List.of("timeline", "agreements", "reconciliation", "discrepancies")) {
            browser.run("document.getElementById('" + view + "').scrollIntoView()");
            browser.run("document.querySelector('#agreements details').open = true");
            browser.shoot(folder.resolve(view + ".png"));
        }
        browser.run("window.scrollTo(0, 0)");
        browser.one("[data-of='UA received remains']").click();
        browser.await(".behind tbody tr");
        browser.shoot(folder.resolve("entries.png"));
        browser.openWhole("/?conflict=ru-ua&lang=en&exchange=ruua-2025-07-17-remains");
        browser.await(".behind .history li");
        browser.shoot(folder.resolve("exchange.png"));
        Files.write(
                folder.resolve("card.png"),
                Story.bytes("/embed/timeline/ru-ua/card.png?lang=en&category=remains").body());
        Files.write(
                folder.resolve("totals-card.png"),
                Story.bytes("/embed/totals/ru-ua/card.png?lang=en").body());
        browser.scheme("dark");
        browser.size(PHONE, 844);
        openToShoot("/?conflict=ru-ua&lang=uk");
        browser.shoot(folder.resolve("phone.png"));
    }

    /// Without the language that only the tests have.
    private static void openToShoot(String path) {
        browser.openWhole(path);
        browser.run("document.querySelector('[hreflang=he]').remove()");
    }

    /// Each as it is written on the page, from top to bottom.
    private static List<String> figures() {
        return browser.all("#parties td").stream().map(it -> plain(it.getText())).toList();
    }

    /// As it is read, however it is spaced.
    private static String plain(String text) {
        return text.replaceAll("[\\s\\u00a0]+", " ");
    }

    private static List<String> expected(JsonNode totals) {
        var expected = new ArrayList<String>();
        for (JsonNode party : totals.get("parties")) {
            for (JsonNode total : party.get("totals")) {
                expected.add(written(total.get("received")));
                expected.add(written(total.get("handedOver")));
            }
        }
        return expected;
    }

    private static String written(JsonNode figure) {
        return written(figure.get("best").asLong()) + " " + uncertainty(figure);
    }

    private static String uncertainty(JsonNode figure) {
        return "%s–%s · disputed %s · unstated %s"
                .formatted(
                        written(figure.get("low").asLong()),
                        written(figure.get("high").asLong()),
                        written(figure.get("disputed").asLong()),
                        written(figure.get("unstated").asLong()));
    }

    private static String written(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    private void report(String name, int count) {
        story.paper().reports(story.id(name), remains(count));
        story.ours("/totals");
    }

    private String remains(int count) {
        return story.exchange("2025-07-17", transfer("RU", "UA", "remains", count));
    }
}
