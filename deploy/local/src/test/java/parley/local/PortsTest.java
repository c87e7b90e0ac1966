package parley.local;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void onePortIsForOneProcess() {
        assertThatThrownBy(() -> new Ports(8080, 8081, 9092, 8080))
                .isInstanceOf(UpException.class)
                .hasMessage("Port 8080 is given to two processes");
    }

    @Test
    void aPortIsBetweenOneAndSixteenBits() {
        assertThatThrownBy(() -> new Ports(8080, 8081, 9092, 65_536))
                .isInstanceOf(UpException.class)
                .hasMessageStartingWith("65536 is not a port");
        assertThatThrownBy(() -> new Ports(8080, 0, 9092, 5432))
                .isInstanceOf(UpException.class)
                .hasMessageStartingWith("0 is not a port");
    }
}
