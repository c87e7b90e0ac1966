package parley.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdtfDateTest {
    @ParameterizedTest
    @CsvSource({
        "2025-07-17, 2025-07-17, 2025-07-17",
        "2024-02, 2024-02-01, 2024-02-29",
        "2025, 2025-01-01, 2025-12-31",
        "2025-06-11/2025-06-16, 2025-06-11, 2025-06-16",
        "2025/2026-03, 2025-01-01, 2026-03-31",
    })
    void aDateCoversItsFirstToItsLastDay(String text, LocalDate first, LocalDate last) {
        EdtfDate date = EdtfDate.parse(text);

        assertThat(date.first()).isEqualTo(first);
        assertThat(date.last()).isEqualTo(last);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2025-02-30",
                "2025-13",
                "25",
                "2025-7-1",
                "2025-06-16/2025-06-11",
                "2025/",
                "/2025",
                "2025-07-17T00:00:00Z",
                "2025?",
                "2025-07-17/2025-07-18/2025-07-19",
                "２０２５"
            })
    void whatIsNotInTheCalendarIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> EdtfDate.parse(text));
    }
}
