package parley.ingest.statement;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.HexFormat;
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
    void whatIsWrittenIsNotLongerThanItCame() throws UnreadableJsonException {
        byte[] text = "{\"title\":\"\ud83d\udd4a Обмін \\n\"}".getBytes(UTF_8);

        assertThat(StrictJson.write(StrictJson.read(text, 0, text.length))).isEqualTo(text);
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        assertThatExceptionOfType(UnreadableJsonException.class)
                .isThrownBy(() -> read("{\"a\":\"Türkiye\"}".getBytes(ISO_8859_1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "22 c0 80 22", // NUL in two bytes
                "22 c1 81 22", // A in two bytes
                "22 e0 80 af 22", // a slash in three
                "22 ed a0 bd ed b8 80 22", // a pair of surrogates, each encoded
                "22 f5 80 80 80 22", // beyond Unicode
                "22 d0 22", // cut off
                "7b 00 7d 00", // UTF-16
                "00 7b 00 7d",
                "ff fe 7b 00 7d 00",
                "00 00 00 7b 00 00 00 7d"
            })
    void whatIsNotExactlyUtf8IsRefused(String bytes) {
        assertThatExceptionOfType(UnreadableJsonException.class)
                .isThrownBy(() -> read(HexFormat.ofDelimiter(" ").parseHex(bytes)));
    }

    @Test
    void theByteOrderMarkOfASpreadsheetIsPassedOver() {
        assertThatNoException().isThrownBy(() -> read("\ufeff{}".getBytes(UTF_8)));
        assertThatExceptionOfType(UnreadableJsonException.class)
                .isThrownBy(() -> read("\ufeff\ufeff{}".getBytes(UTF_8)));
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
