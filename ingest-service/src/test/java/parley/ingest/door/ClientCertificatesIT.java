package parley.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/// TLS, and certificates of clients, by what is set when the service starts.
@QuarkusTest
@TestProfile(ClientCertificatesIT.Demanded.class)
class ClientCertificatesIT {
    public static final class Demanded implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(TlsKeys.class));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    @Test
    void onlyWhoShowsATrustedCertificateIsServed() throws Exception {
        assertThat(status(TlsKeys.client("newsroom"))).isEqualTo(200);
        for (SSLContext client : List.of(TlsKeys.client(), TlsKeys.client("stranger"))) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> status(client));
        }
    }

    @Test
    void plainHttpIsClosed() {
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> new Socket("localhost", port("quarkus.http.test-port")).close());
    }

    private static int status(SSLContext client) throws IOException, InterruptedException {
        try (var http = HttpClient.newBuilder().sslContext(client).build()) {
            var address =
                    URI.create("https://localhost:" + port("quarkus.http.test-ssl-port"))
                            .resolve("/v1/schemas");
            return http.send(
                            HttpRequest.newBuilder(address).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static int port(String setting) {
        return ConfigProvider.getConfig().getValue(setting, Integer.class);
    }
}
