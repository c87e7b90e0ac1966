package parley.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class LogPositionTest {
    @Test
    void itIsWrittenAndReadAlike() {
        LogPosition position =
                LogPosition.behind(Topic.CLAIM_EVENTS, 11, 4)
                        .with(Topic.CONFLICTS, 0, 2)
                        .with(Topic.EXCHANGE_EVENTS, 3, 18);

        assertThat(position).hasToString("f0:2,e3:18,c11:5");
        assertThat(LogPosition.parse("f0:2,e3:18,c11:5")).isEqualTo(position);
        assertThat(LogPosition.parse("")).isEqualTo(LogPosition.START);
    }

    @Test
    void itNeverGoesBack() {
        LogPosition position = LogPosition.behind(Topic.EXCHANGE_EVENTS, 3, 17);

        assertThat(position.with(Topic.EXCHANGE_EVENTS, 3, 5)).isEqualTo(position);
    }

    @Test
    void itCoversAnotherThatIsNowhereFurther() {
        LogPosition position = LogPosition.parse("e3:18,c1:5");

        assertThat(position.covers(LogPosition.parse("e3:18"))).isTrue();
        assertThat(position.covers(LogPosition.parse("e3:18,c1:4"))).isTrue();
        assertThat(position.covers(LogPosition.parse("e3:19"))).isFalse();
        assertThat(position.covers(LogPosition.parse("e4:1"))).isFalse();
    }

    @Test
    void whatIsNoPositionIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> LogPosition.parse("newest"));
    }
}
