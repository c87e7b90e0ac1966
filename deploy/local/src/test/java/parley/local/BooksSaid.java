package parley.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parley.stack.Database;

/// All rows of the books, and what the ledger answers, to the byte. A kept total of nothing says
/// the same as none; each ledger's own address is left out.
record BooksSaid(Map<String, List<String>> said) {
    private static final Map<String, String> TABLES =
            Map.of(
                    "log_position", "",
                    "event", "",
                    "former_outcome", "",
                    "edition", "",
                    "entry", "",
                    "account", " where transfers <> 0",
                    "activity", " where exchanges <> 0");
    private static final List<String> LISTS =
            List.of("/entries", "/exchanges", "/claims", "/agreements");
    private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");
    private static final Pattern CONFLICT = Pattern.compile("\"conflict\":\"([^\"]+)\"");
    private static final int SHOWN_MAX = 5;

    static BooksSaid by(URI ledger, Database database) {
        var said = new LinkedHashMap<String, List<String>>();
        TABLES.forEach((table, where) -> said.put(table, rows(database, table + where)));
        try (var http = HttpClient.newHttpClient()) {
            var conflicts = get(http, ledger.resolve("/v1/conflicts"));
            said.put("/v1/conflicts", List.of(without(ledger, conflicts)));
            for (var conflict :
                    new HashSet<>(
                            CONFLICT.matcher(conflicts)
                                    .results()
                                    .map(it -> it.group(1))
                                    .toList())) {
                var path = "/v1/conflicts/" + conflict;
                said.put(path, pages(http, ledger, path + "/totals"));
                for (var list : LISTS) {
                    said.put(path + list, pages(http, ledger, path + list + "?limit=1000"));
                }
            }
            assertThat(get(http, ledger.resolve("/v1/audit"))).startsWith("{\"holds\":true");
        }
        return new BooksSaid(said);
    }

    /// Fails with the first differences only: the whole is long.
    void mustBe(BooksSaid undisturbed, String run) {
        assertThat(said.keySet()).as(run).isEqualTo(undisturbed.said.keySet());
        said.forEach(
                (what, lines) -> {
                    var expected = requireNonNull(undisturbed.said.get(what));
                    assertThat(beyond(lines, expected)).as(run + ", more in " + what).isEmpty();
                    assertThat(beyond(expected, lines)).as(run + ", less in " + what).isEmpty();
                    assertThat(lines).as(run + ", " + what).hasSameSizeAs(expected);
                });
    }

    private static List<String> beyond(List<String> lines, List<String> others) {
        var known = new HashSet<>(others);
        return lines.stream().filter(line -> !known.contains(line)).limit(SHOWN_MAX).toList();
    }

    private static List<String> pages(HttpClient http, URI ledger, String path) {
        var pages = new ArrayList<String>();
        var next = ledger.resolve(path);
        while (next != null) {
            var page = get(http, next);
            pages.add(without(ledger, page));
            Matcher following = NEXT.matcher(page);
            next = following.find() ? URI.create(following.group(1)) : null;
        }
        return pages;
    }

    private static String without(URI ledger, String page) {
        return page.replace(ledger.toString(), "");
    }

    private static String get(HttpClient http, URI address) {
        var request = HttpRequest.newBuilder(address).build();
        var answer =
                Faults.await()
                        .until(
                                () -> http.send(request, BodyHandlers.ofString()),
                                it ->
                                        it.statusCode() != 503
                                                && it.headers().firstValue("Age").isEmpty());
        assertThat(answer.statusCode()).as(address + answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static List<String> rows(Database database, String from) {
        var rows = new ArrayList<String>();
        try (var connection = Faults.connect(database);
                var select = connection.createStatement();
                var read =
                        select.executeQuery(
                                "select row_to_json(it)::text from (select * from %s) it order by 1"
                                        .formatted(from))) {
            while (read.next()) {
                rows.add(read.getString(1));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(from, e);
        }
    }
}
