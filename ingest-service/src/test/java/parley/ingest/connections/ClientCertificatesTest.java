package parley.ingest.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCertificatesTest {
    private record Config(boolean clientCertificates) implements ConnectionsConfig {
        @Override
        public int idleSecondsMax() {
            return 75;
        }

        @Override
        public int bodySecondsMax() {
            return 30;
        }
    }

    private final HttpServerOptions server = new HttpServerOptions();

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"enabled", "redirect"})
    void theyAreNotDemandedInVainWherePlainHttpIsOpen(String plainRequests) {
        var demanded = new ClientCertificates(new Config(true), Optional.ofNullable(plainRequests));

        assertThatIllegalStateException()
                .isThrownBy(() -> demanded.customizeHttpServer(server))
                .withMessageContaining("QUARKUS_HTTP_INSECURE_REQUESTS=disabled");
    }

    @Test
    void theyAreNotDemandedInVainWhereAnyWouldDo() {
        var demanded = new ClientCertificates(new Config(true), Optional.of("disabled"));

        assertThatNoException().isThrownBy(() -> demanded.customizeHttpServer(server));
        assertThatIllegalStateException()
                .isThrownBy(() -> demanded.customizeHttpsServer(server))
                .withMessageContaining("QUARKUS_HTTP_SSL_CERTIFICATE_TRUST_STORE_FILES");
    }

    @Test
    void whoDemandsNoneMayLeaveAllAsItIs() {
        var none = new ClientCertificates(new Config(false), Optional.empty());

        none.customizeHttpServer(server);
        none.customizeHttpsServer(server.setTrustOptions(new PemTrustOptions()));

        assertThat(server.getClientAuth()).isEqualTo(ClientAuth.NONE);
    }
}
