package parley.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.contract.LedgerEvent.ClaimMade;
import parley.contract.LedgerEvent.ExchangeReported;

class EventCodecTest {
    private static final String REMAINS =
            """
            {"conflict":"ru-ua","occurredOn":"2025-07-17","place":null,"agreement":"istanbul-2025-06",
             "transfers":[{"from":"RU","to":"UA","category":"remains","count":1000,"statedBy":["UA"]},
                          {"from":"UA","to":"RU","category":"remains","count":19}],
             "sources":[{"title":"t","publisher":"p","url":"https://example.org"}]}
            """;

    @Test
    void aValueReadAndWrittenIsTheSameEvent() throws UnreadableEventException {
        LedgerEvent event = read(EventType.EXCHANGE_REPORTED, REMAINS);

        assertThat(EventCodec.read(EventType.EXCHANGE_REPORTED, EventCodec.write(event)))
                .isEqualTo(event);
    }

    @Test
    void aCorrectionHoldsTheWholeStatement() throws UnreadableEventException {
        LedgerEvent event =
                read(
                        EventType.EXCHANGE_CORRECTED,
                        "{\"reason\":\"recounted\",\"exchange\":" + REMAINS + "}");

        assertThat(event)
                .isEqualTo(
                        new LedgerEvent.ExchangeCorrected(
                                "recounted",
                                ((ExchangeReported) read(EventType.EXCHANGE_REPORTED, REMAINS))
                                        .exchange()));
    }

    @Test
    void aFieldThatTheContractDoesNotKnowIsPassedOver() throws UnreadableEventException {
        String newer = REMAINS.replace("\"place\":null", "\"weather\":\"fair\",\"place\":null");

        assertThat(read(EventType.EXCHANGE_REPORTED, newer))
                .isEqualTo(read(EventType.EXCHANGE_REPORTED, REMAINS));
    }

    @Test
    void aClaimIsReadByItsKind() throws UnreadableEventException {
        var claim =
                (ClaimMade)
                        read(
                                EventType.CLAIM_MADE,
                                """
                                {"conflict":"ru-ua","statedOn":"2025-07","about":{"exchange":"x"},
                                 "claimant":{"name":"Vladimir Medinsky","party":"RU"},
                                 "assertion":{"kind":"count","from":"UA","to":"RU",
                                              "category":"remains","count":19},
                                 "sources":[{"title":"t","publisher":"p","url":"https://e.org"}]}
                                """);

        assertThat(((Assertion.Count) claim.claim().assertion()).count()).isEqualTo(19);
        assertThat(claim.claim().statedOn().last()).isEqualTo("2025-07-31");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"count\":19          | \"count\":-1                            | not from 0",
                "\"count\":19          | \"count\":\"19\"                        | count",
                "\"count\":19          | \"count\":19.5                          | count",
                "\"count\":19          | \"count\":null                          | countStatus",
                "\"count\":19          | \"count\":19,\"low\":20                 | does not hold",
                "\"from\":\"UA\"       | \"from\":\"RU\"                         | both RU",
                "\"occurredOn\":\"2025-07-17\" | \"occurredOn\":\"2025-02-30\"   | calendar",
                "\"conflict\":\"ru-ua\" | \"conflict\":null                      | conflict",
                "\"category\":\"remains\" | \"category\":\"ashes\"               | category",
            })
    void whatIsNoStatementSaysWhy(String found, String replaced, String reason) {
        assertThatThrownBy(
                        () -> read(EventType.EXCHANGE_REPORTED, REMAINS.replace(found, replaced)))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining(reason);
    }

    private static LedgerEvent read(EventType type, String json) throws UnreadableEventException {
        return EventCodec.read(type, json.getBytes(UTF_8));
    }
}
