package parley.ingest.statement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.contract.Conflict;
import parley.contract.EventType;
import parley.contract.Party;
import parley.contract.Role;

class JudgeTest {
    private static final String SOURCES =
            "\"sources\":[{\"title\":\"t\",\"publisher\":\"p\",\"url\":\"https://example.org\"}]";
    private static final String EXCHANGE =
            """
            {"conflict":"ru-ua","occurredOn":"2025-07-17","place":null,"agreement":"istanbul-2025-06",
             "transfers":[{"from":"RU","to":"UA","category":"remains","count":1000,"low":999,"statedBy":["UA","RU"]},
                          {"from":"UA","to":"RU","category":"remains","count":19}],
             "summary":"words",%s}
            """
                    .formatted(SOURCES);
    private static final String AGREEMENT =
            """
            {"conflict":"ru-ua","title":"Istanbul","concludedOn":"2025-06-02",
             "commitments":[{"from":"RU","to":"UA","category":"remains","count":6000,"qualifier":"offer"},
                            {"from":"RU","to":"UA","category":"remains","count":null,"countStatus":"unknown","qualifier":"all"}],
             %s}
            """
                    .formatted(SOURCES);
    private static final String CLAIM =
            """
            {"conflict":"ru-ua","statedOn":"2025-07-17","claimant":{"name":"V. Medinsky","party":"RU"},
             "about":{"exchange":"x"},
             "assertion":{"kind":"count","from":"UA","to":"RU","category":"remains","count":19},%s}
            """
                    .formatted(SOURCES);
    private static final String TOTAL =
            CLAIM.replace(
                    "{\"kind\":\"count\",\"from\":\"UA\",\"to\":\"RU\",\"category\":\"remains\",\"count\":19}",
                    "{\"kind\":\"total\",\"from\":\"UA\",\"to\":\"RU\",\"categories\":[\"remains\"],\"count\":19}");
    private static final String CONFLICT =
            """
            {"name":"Russia–Ukraine","since":"2022-02-24",
             "parties":[{"party":"UA","name":"Ukraine","role":"side"},{"party":"RU","name":"Russia","role":"side"}]}
            """;
    private static final KnownConflicts CONFLICTS = new OneConflict();

    private final Judge judge = new Judge();

    @Test
    void whatTheContractAllowsStands() throws Exception {
        assertThat(judge(EventType.EXCHANGE_REPORTED, EXCHANGE).faults()).isEmpty();
        assertThat(judge(EventType.AGREEMENT_REPORTED, AGREEMENT).faults()).isEmpty();
        assertThat(judge(EventType.CLAIM_MADE, CLAIM).faults()).isEmpty();
        assertThat(judge(EventType.CLAIM_MADE, TOTAL).faults()).isEmpty();
        assertThat(judge(EventType.CONFLICT_DEFINED, CONFLICT).faults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "\"from\":\"RU\"            | \"from\":\"RUS\"         | /transfers/0/from   | \"RUS\" is not a party of ru-ua. Did you mean RU? Its parties are: UA, RU, TR, QA",
                "\"from\":\"RU\"            | \"from\":\"UA\"          | /transfers/0/to     | `from` and `to` are both \"UA\"",
                "\"from\":\"RU\",\"to\":\"UA\" | \"from\":\"TR\",\"to\":\"QA\" | /transfers/0 | The sides are: UA, RU",
                "[\"UA\",\"RU\"]            | [\"UA\",\"XX\"]          | /transfers/0/statedBy/1 | \"XX\" is not a party",
                "\"from\":\"UA\",\"to\":\"RU\" | \"from\":\"RU\",\"to\":\"UA\" | /transfers/1 | Transfer 0 has this from, to and category already",
                "\"low\":999               | \"low\":1001            | /transfers/0/low    | `low` is 1001 and `count` is 1000",
                "\"low\":999               | \"high\":999            | /transfers/0/high   | `count` is 1000 and `high` is 999",
                "\"count\":19              | \"count\":null          | /transfers/1/count  | say by `countStatus`",
                "\"count\":19              | \"detail\":\"none\"     | /transfers/1/count  | There is no `count`",
                "\"count\":19              | \"count\":19,\"countStatus\":\"withheld\" | /transfers/1/countStatus | leave the status out, or make the count null",
                "\"count\":19              | \"count\":19.0          | /transfers/1/count  | without a point",
                "\"count\":19              | \"count\":19.5          | /transfers/1/count  | A whole number from 0 to 10,000,000",
                "\"count\":19              | \"count\":-1            | /transfers/1/count  | Found -1",
                "\"count\":19              | \"count\":10000001      | /transfers/1/count  | Found 10000001",
                "\"count\":19              | \"count\":\"19\"        | /transfers/1/count  | Found \"19\"",
                "\"count\":19              | \"count\":19,\"qualifier\":\"all\" | /transfers/1/qualifier | Allowed is one of: exact, about, at-least, at-most",
                "\"count\":19              | \"count\":19,\"contested\":true | /transfers/1/contested | is not a field here",
                "\"category\":\"remains\",\"count\":19 | \"category\":\"remain\",\"count\":19 | /transfers/1/category | Did you mean remains?",
                "2025-07-17               | 2025-02-30              | /occurredOn         | 2025-02-30 is not in the calendar.",
                "2025-07-17               | 2025-07-17/2025-07-16   | /occurredOn         | ends before it starts",
                "2025-07-17               | 17.07.2025              | /occurredOn         | A day (2025-07-17), a month",
                "2025-07-17               | 2025-07-17\\n           | /occurredOn         | A day",
                "\"conflict\":\"ru-ua\"    | \"conflict\":\"ru-au\"  | /conflict           | PUT /v1/conflicts/ru-au",
                "\"conflict\":\"ru-ua\"    | \"conflict\":\"ru ua\"  | /conflict           | 1 to 128 of A–Z a–z 0–9 . _ ~ -",
                "\"conflict\":\"ru-ua\",   | § §                     | /conflict           | `conflict` is missing. Wanted is: An id",
                "\"place\":null           | \"plcae\":null          | /plcae              | Did you mean place?",
                "https://example.org      | ftp://example.org       | /sources/0/url      | begins with http:// or https://",
                "https://example.org      | https://exa^mple.org    | /sources/0/url      | is not an address",
                "\"title\":\"t\"           | \"title\":\" \"         | /sources/0/title    | not only spaces",
                "words                    | wo\\u0000rds            | /summary            | control character \\u0000",
                "words                    | wo\\ud800rds            | /summary            | half of a surrogate pair",
                "words                    | wo\\u0085rds            | /summary            | control character \\u0085",
                "words                    | wo\\u202erds            | /summary            | direction override \\u202e",
                "\"title\":\"t\"           | \"title\":\"\\u200b \\u2060\" | /sources/0/title | nothing to be seen",
                "https://example.org      | https://example.org/\\u200b | /sources/0/url  | nothing that cannot be seen",
                "\"from\":\"RU\"            | \"from\":\"TURKIYE\"     | /transfers/0/from   | Did you mean TR?",
                "\"from\":\"RU\"            | \"from\":\"UKR\"         | /transfers/0/from   | Did you mean UA?",
                "\"category\":\"remains\",\"count\":19 | \"category\":\"POW\",\"count\":19 | /transfers/1/category | Did you mean prisoner-of-war?",
                "\"category\":\"remains\",\"count\":19 | \"category\":\"civilians\",\"count\":19 | /transfers/1/category | Did you mean civilian?",
                "\"count\":19              | \"count\":19,\"qualifier\":\"at_least\" | /transfers/1/qualifier | Did you mean at-least?",
                "\"count\":19              | \"count\":19,\"stated_by\":[] | /transfers/1/stated_by | Did you mean statedBy?",
                "\"count\":19              | \"count\":1e999         | /transfers/1/count  | larger than any number may be",
                "\"count\":19              | \"count\":19,\"a/b~c\":\"\\u0001\" | /transfers/1/a~1b~0c | control character",
            })
    void whatIsWrongWithAnExchangeIsSaidWhereItIs(
            String found, String replaced, String pointer, String sentence) throws Exception {
        assertThat(EXCHANGE).contains(found);

        Judgement judgement =
                judge(EventType.EXCHANGE_REPORTED, replaceFirst(EXCHANGE, found, replaced));

        assertThat(judgement.faults()).extracting(Fault::pointer).containsOnly(pointer);
        assertThat(judgement.faults())
                .extracting(Fault::detail)
                .anyMatch(detail -> detail.contains(sentence));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "{\"exchange\":\"x\"} | {}                       | /about/exchange       | name it here",
                "{\"exchange\":\"x\"} | {\"exchange\":\"x\",\"agreement\":\"y\"} | /about | not about both",
                "\"party\":\"RU\"     | \"party\":\"RO\"         | /claimant/party       | Did you mean RU?",
                "\"name\":\"V. Medinsky\", | § §                  | /claimant/name        | is missing",
                "\"kind\":\"count\"   | \"kind\":\"cuont\"       | /assertion/kind       | Allowed is one of: count, total",
                "\"from\":\"UA\"      | \"from\":\"RU\"          | /assertion/to         | are both",
                "\"count\":19         | \"count\":19,\"low\":20  | /assertion/low        | low ≤ count ≤ high",
                "\"count\":19         | \"count\":19,\"since\":\"2022\" | /assertion/since | is not a field here",
            })
    void whatIsWrongWithAClaimIsSaidWhereItIs(
            String found, String replaced, String pointer, String sentence) throws Exception {
        Judgement judgement = judge(EventType.CLAIM_MADE, replaceFirst(CLAIM, found, replaced));

        assertThat(judgement.faults()).hasSize(1);
        assertThat(judgement.faults().getFirst().pointer()).isEqualTo(pointer);
        assertThat(judgement.faults().getFirst().detail()).contains(sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\u200f\\u05e9\\u05dc\\u05d5\\u05dd",
                "\\u0646\\u0645\\u06cc\\u200c\\u062e\\u0648\\u0627\\u0647\\u0645",
                "\\u2067\\u0627\\u2069",
                "\\ud83d\\udc68\\u200d\\ud83d\\udc69",
                "a\\tb\\nc"
            })
    void whatOtherScriptsNeedIsKeptAsItIs(String text) throws Exception {
        assertThat(
                        judge(EventType.EXCHANGE_REPORTED, replaceFirst(EXCHANGE, "words", text))
                                .faults())
                .isEmpty();
    }

    @Test
    void aListHasAThousandItemsAtMost() throws Exception {
        String sources = "{\"title\":\"t\",\"publisher\":\"p\",\"url\":\"https://example.org\"},";
        String thousand = EXCHANGE.replace("\"sources\":[", "\"sources\":[" + sources.repeat(999));
        String more = EXCHANGE.replace("\"sources\":[", "\"sources\":[" + sources.repeat(1_000));

        assertThat(judge(EventType.EXCHANGE_REPORTED, thousand).faults()).isEmpty();
        assertThat(judge(EventType.EXCHANGE_REPORTED, more).faults())
                .singleElement()
                .matches(fault -> fault.pointer().equals("/sources"))
                .matches(fault -> fault.detail().startsWith("Found 1,001 items"));
    }

    @ParameterizedTest
    @MethodSource("bulks")
    @Timeout(10)
    void whatIsNothingButFaultsIsJudgedSoonAndAnsweredShortly(String body) throws Exception {
        for (EventType type : List.of(EventType.EXCHANGE_REPORTED, EventType.CLAIM_MADE)) {
            Judgement judgement = judge(type, body);

            assertThat(judgement.faults()).isNotEmpty().hasSizeLessThanOrEqualTo(1_000);
            assertThat(
                            judgement.faults().stream()
                                    .mapToInt(
                                            fault ->
                                                    fault.pointer().length()
                                                            + fault.detail().length())
                                    .sum())
                    .isLessThan(2 << 20);
        }
    }

    static Stream<String> bulks() {
        return Stream.of(
                "{\"transfers\":[" + "{},".repeat(300_000) + "{}]}",
                "{\"transfers\":["
                        + ("{\"statedBy\":[" + "1,".repeat(400) + "1]},").repeat(900)
                        + "{}]}",
                "{\"transfers\":[" + "{\"a\":\"\\u0001\"},".repeat(900) + "{}]}",
                IntStream.range(0, 100_000)
                        .mapToObj(field -> "\"f" + field + "\":1")
                        .collect(Collectors.joining(",", "{", "}")),
                "{\"" + "x".repeat(40_000) + "\":[" + "\"\\u0001\",".repeat(900) + "1]}",
                "{\"summary\":\"" + "x".repeat(1_000_000) + "\"}",
                "{\"conflict\":\"" + "x".repeat(1_000_000) + "\"}",
                "{\"assertion\":{\"kind\":\"total\",\"categories\":["
                        + "\"child\",".repeat(900)
                        + "1]}}",
                "[".repeat(40) + "]".repeat(40));
    }

    @Test
    void aTotalHasBothEndsOrNeither() throws Exception {
        String oneEnd = TOTAL.replace("\"to\":\"RU\",", "");
        String neither = oneEnd.replace("\"from\":\"UA\",", "");

        assertThat(judge(EventType.CLAIM_MADE, oneEnd).faults())
                .extracting(Fault::pointer)
                .containsExactly("/assertion/to");
        assertThat(judge(EventType.CLAIM_MADE, neither).faults()).isEmpty();
    }

    @Test
    void aConflictHasTwoSidesAndNamesNobodyTwice() throws Exception {
        String twice = CONFLICT.replace("\"party\":\"RU\"", "\"party\":\"UA\"");
        String oneSide =
                CONFLICT.replace("\"Russia\",\"role\":\"side\"", "\"R\",\"role\":\"third\"");

        assertThat(judge(EventType.CONFLICT_DEFINED, twice).faults())
                .extracting(Fault::pointer)
                .containsExactly("/parties/1/party");
        assertThat(judge(EventType.CONFLICT_DEFINED, oneSide).faults())
                .extracting(Fault::pointer)
                .containsExactly("/parties");
    }

    @Test
    void anExchangeIsNotMergedIntoItself() throws Exception {
        var judgement =
                judge.judge(
                        new Submission(
                                EventType.EXCHANGE_MERGED,
                                null,
                                "x",
                                json("{\"into\":\"x\",\"reason\":\"twice\"}")),
                        CONFLICTS);

        assertThat(judgement.faults()).extracting(Fault::pointer).containsExactly("/into");
    }

    @Test
    void aCorrectionIsJudgedAsAWhole() throws Exception {
        String correction =
                "{\"reason\":\" \",\"exchange\":%s}"
                        .formatted(EXCHANGE.replace("\"RU\"", "\"XX\""));

        assertThat(judge(EventType.EXCHANGE_CORRECTED, correction).faults())
                .extracting(Fault::pointer)
                .contains("/reason", "/exchange/transfers/0/from", "/exchange/transfers/1/to");
    }

    @Test
    void allFaultsAreToldAtOnce() throws Exception {
        String broken =
                EXCHANGE.replace("\"from\":\"RU\"", "\"from\":\"RUS\"")
                        .replace("2025-07-17", "2025-02-30")
                        .replace("\"count\":19", "\"count\":null,\"extra\":1")
                        .replace("\"title\"", "\"titel\"");

        assertThat(judge(EventType.EXCHANGE_REPORTED, broken).faults())
                .extracting(Fault::pointer)
                .containsExactlyInAnyOrder(
                        "/transfers/0/from",
                        "/occurredOn",
                        "/transfers/1/count",
                        "/transfers/1/extra",
                        "/sources/0/title",
                        "/sources/0/titel");
    }

    @Test
    void onlyWhatRestsOnTheConflictMayBeOutdated() throws Exception {
        assertThat(judge(EventType.EXCHANGE_REPORTED, EXCHANGE.replace("\"RU\"", "\"XX\"")))
                .matches(Judgement::mayBeOutdated)
                .matches(judgement -> !judgement.isCertain());
        assertThat(judge(EventType.EXCHANGE_REPORTED, EXCHANGE.replace("2025-07-17", "x")))
                .matches(judgement -> !judgement.mayBeOutdated());
    }

    @Test
    void aBodyThatIsNoStatementAtAllIsRefusedAndBreaksNothing() throws Exception {
        for (String body :
                List.of(
                        "null",
                        "[]",
                        "7",
                        "\"text\"",
                        "{}",
                        "{\"transfers\":7}",
                        "{\"transfers\":[null,7,[]]}",
                        "{\"parties\":{\"a\":1}}",
                        "{\"assertion\":[],\"about\":7}",
                        "{\"conflict\":{\"a\":null}}")) {
            for (EventType type : EventType.values()) {
                assertThat(judge(type, body).stands()).as("%s %s", type, body).isFalse();
            }
        }
    }

    private Judgement judge(EventType type, String body) throws UnreadableJsonException {
        return judge.judge(new Submission(type, null, "id", json(body)), CONFLICTS);
    }

    private static JsonNode json(String text) throws UnreadableJsonException {
        byte[] bytes = text.getBytes(UTF_8);
        return StrictJson.read(bytes, 0, bytes.length);
    }

    private static String replaceFirst(String text, String found, String replaced) {
        int at = text.indexOf(found);
        return text.substring(0, at) + replaced + text.substring(at + found.length());
    }

    private static final class OneConflict implements KnownConflicts {
        private static final Conflict RU_UA =
                new Conflict(
                        "Russia–Ukraine",
                        null,
                        List.of(
                                new Party("UA", "Ukraine", Role.SIDE),
                                new Party("RU", "Russia", Role.SIDE),
                                new Party("TR", "Türkiye", Role.THIRD),
                                new Party("QA", "Qatar", Role.THIRD)));

        @Override
        public Optional<Conflict> conflict(String id) {
            return id.equals("ru-ua") ? Optional.of(RU_UA) : Optional.empty();
        }

        @Override
        public Set<String> ids() {
            return Set.of("ru-ua");
        }
    }
}
