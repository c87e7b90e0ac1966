package parley.ingest.statement;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":1,\"a\":2}",
                "{} {}",
                "{}x",
                "{'a':1}",
                "NaN",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":1,}",
                "// no\n{}",
                "\"\u0001\"",
                "nul"
            })
    void whatTwoReadersCouldTakeForTwoThingsIsRefused(String text) {
        assertThatExceptionOfType(UnreadableJsonException.class)
                .isThrownBy(() -> read(text.getBytes(UTF_8)));
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        assertThatExceptionOfType(UnreadableJsonException.class)
                .isThrownBy(() -> read("{\"a\":\"Türkiye\"}".getBytes(ISO_8859_1)));
    }

    @Test
    void nestingAndNumbersAreBounded() {
        assertThatExceptionOfType(UnreadableJsonException.class)
                .isThrownBy(() -> read("[".repeat(100_000).getBytes(UTF_8)));
        assertThatExceptionOfType(UnreadableJsonException.class)
                .isThrownBy(() -> read("9".repeat(100_000).getBytes(UTF_8)));
    }

    @Test
    void whatIsReadIsWrittenAlike() throws UnreadableJsonException {
        String text = "{\"b\":[1,null,\"ü\"],\"a\":10000000}";

        assertThat(
                        StrictJson.write(
                                StrictJson.read(
                                        text.getBytes(UTF_8), 0, text.getBytes(UTF_8).length)))
                .isEqualTo(text.getBytes(UTF_8));
    }

    private static void read(byte[] text) throws UnreadableJsonException {
        StrictJson.read(text, 0, text.length);
    }
}
