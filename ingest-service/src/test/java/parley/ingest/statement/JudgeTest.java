package parley.ingest.statement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
            })
    void whatIsWrongWithAnExchangeIsSaidWhereItIs(
            String found, String replaced, String pointer, String sentence) throws Exception {
        assertThat(EXCHANGE).contains(found);

        Judgement judgement =
                judge(EventType.EXCHANGE_REPORTED, replaceFirst(EXCHANGE, found, replaced));

        assertThat(judgement.faults()).hasSize(1);
        assertThat(judgement.faults().getFirst().pointer()).isEqualTo(pointer);
        assertThat(judgement.faults().getFirst().detail()).contains(sentence);
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
