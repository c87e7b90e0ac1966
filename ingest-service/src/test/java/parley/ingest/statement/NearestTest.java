package parley.ingest.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> CATEGORIES =
            List.of("prisoner-of-war", "civilian", "child", "remains", "unspecified");

    @ParameterizedTest
    @CsvSource({
        "remain, remains",
        "REMAINS, remains",
        "prisonerOfWar, prisoner-of-war",
        "prisoner_of_war, prisoner-of-war",
        "prisoners of war, prisoner-of-war",
        "prisoner, prisoner-of-war",
        "pow, prisoner-of-war",
        "childs, child",
        "children, child",
        "civilan, civilian",
        "unspecfied, unspecified"
    })
    void whatWasProbablyMeantIsFound(String found, String meant) {
        assertThat(Nearest.to(found, CATEGORIES)).contains(meant);
    }

    @Test
    void whatIsLikeNoneIsNotGuessed() {
        assertThat(Nearest.to("soldier", CATEGORIES)).isEmpty();
        assertThat(Nearest.to("", CATEGORIES)).isEmpty();
        assertThat(Nearest.to("  ", CATEGORIES)).isEmpty();
        assertThat(Nearest.to("c".repeat(1_000_000), CATEGORIES)).isEmpty();
    }
}
