package parley.ledger.door;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.print.PrintOptions;

/// A real Chromium, Debian's.
final class Browser implements AutoCloseable {
    /// `required`: where it is missing, the tests fail rather than being skipped.
    private static final String REQUIRED = System.getProperty("parley.browser", "");

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChromeDriver driver;

    Browser() {
        var logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--hide-scrollbars",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--force-prefers-reduced-motion",
                "--lang=en-GB",
                "--accept-lang=en-GB");
        options.setCapability("goog:loggingPrefs", logging);
        driver =
                new ChromeDriver(
                        new ChromeDriverService.Builder()
                                .usingDriverExecutable(DRIVER.toFile())
                                .usingAnyFreePort()
                                .build(),
                        options);
    }

    /// Whether the tests of the page are to be run; says what to install where they are not.
    static boolean isThere() {
        boolean isThere = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
        if (!isThere && !REQUIRED.equals("required")) {
            System.out.println(
                    "Skipped: the tests of the page need a Chromium: apt-get install chromium"
                            + " chromium-driver");
        }
        return isThere || REQUIRED.equals("required");
    }

    void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void scheme(String scheme) {
        show("", scheme);
    }

    /// Shows the page as it would be printed, by a reader whose device is dark.
    void paper() {
        show("print", "dark");
    }

    private void show(String media, String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "media",
                        media,
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /// How many pages there are when it is printed.
    long pages() {
        byte[] pdf = Base64.getDecoder().decode(driver.print(new PrintOptions()).getContent());
        return Pattern.compile("/Type /Page\\b")
                .matcher(new String(pdf, StandardCharsets.ISO_8859_1))
                .results()
                .count();
    }

    /// With the main button held from one point of that element to another, in parts of its width.
    void drag(WebElement over, double from, double to) {
        driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", over);
        int width = over.getRect().getWidth();
        new Actions(driver)
                .moveToElement(over, (int) ((from - 0.5) * width), 0)
                .clickAndHold()
                .moveToElement(over, (int) ((to - 0.5) * width), 0)
                .release()
                .perform();
    }

    /// What the reader would paste.
    String clipboard() {
        driver.executeCdpCommand(
                "Browser.grantPermissions", Map.of("permissions", List.of("clipboardReadWrite")));
        return (String)
                driver.executeAsyncScript("navigator.clipboard.readText().then(arguments[0])");
    }

    void scripts(boolean areOn) {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !areOn));
    }

    /// Lets nothing through to addresses of these patterns.
    void block(String... patterns) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(patterns)));
    }

    /// Opens a page of the ledger as it is, without waiting for its scripts.
    void open(String path) {
        String port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", String.class);
        driver.get("http://localhost:" + port + path);
    }

    /// Opens a page that is not the ledger's.
    void openElsewhere(URI page) {
        driver.get(page.toString());
    }

    /// Opens it and waits until all of it is shown.
    void openWhole(String path) {
        open(path);
        await("html[data-ready]");
    }

    WebElement await(String selector) {
        Awaitility.await(selector)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !all(selector).isEmpty());
        return one(selector);
    }

    void awaitText(String selector, String text) {
        Awaitility.await(text)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> Assertions.assertThat(text(selector)).contains(text));
    }

    WebElement one(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    String text(String selector) {
        return one(selector).getText();
    }

    String address() {
        return driver.getCurrentUrl();
    }

    Object run(String script) {
        return driver.executeScript(script);
    }

    /// What axe finds against WCAG 2.2 AA and good practice.
    List<String> violations() {
        return new AxeBuilder()
                        .withTags(
                                List.of(
                                        "wcag2a",
                                        "wcag2aa",
                                        "wcag21a",
                                        "wcag21aa",
                                        "wcag22aa",
                                        "best-practice"))
                        .analyze(driver)
                        .getViolations()
                        .stream()
                        .map(it -> it.getId() + ": " + it.getNodes())
                        .toList();
    }

    /// What has been written to the console since it was last asked.
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    void shoot(Path file) {
        try {
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
