package parley.ingest.connections;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Demands a certificate of every client where that is configured: what Quarkus has for it
/// (`quarkus.http.ssl.client-auth`) is fixed when the service is built. Who calls, the token says.
@Singleton
final class ClientCertificates implements HttpServerOptionsCustomizer {
    private final ConnectionsConfig config;
    private final Optional<String> plainRequests;

    ClientCertificates(
            ConnectionsConfig config,
            @ConfigProperty(name = "quarkus.http.insecure-requests")
                    Optional<String> plainRequests) {
        this.config = config;
        this.plainRequests = plainRequests;
    }

    /// Refuses to start where certificates would be demanded in vain.
    @Override
    public void customizeHttpServer(HttpServerOptions plain) {
        boolean isClosed = plainRequests.filter("disabled"::equalsIgnoreCase).isPresent();
        if (config.clientCertificates() && !isClosed) {
            throw new IllegalStateException(
                    "Certificates are demanded of clients, and plain HTTP is open: set"
                            + " QUARKUS_HTTP_INSECURE_REQUESTS=disabled");
        }
    }

    /// Without a trust store any certificate of a public authority would do.
    @Override
    public void customizeHttpsServer(HttpServerOptions tls) {
        if (config.clientCertificates()) {
            if (tls.getTrustOptions() == null) {
                throw new IllegalStateException(
                        "Certificates are demanded of clients, and nothing says which are trusted:"
                                + " set QUARKUS_HTTP_SSL_CERTIFICATE_TRUST_STORE_FILES");
            }
            tls.setClientAuth(ClientAuth.REQUIRED);
        }
    }
}
