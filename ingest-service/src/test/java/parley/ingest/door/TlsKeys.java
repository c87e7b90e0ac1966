package parley.ingest.door;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.microprofile.config.ConfigProvider;

/// A key of the service, one of a client that it trusts and one of a stranger. No broker.
public final class TlsKeys implements QuarkusTestResourceLifecycleManager {
    private static final String FOLDER = "test.tls-keys";
    private static final String PASSWORD = "changeit";

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("tls-keys");
            for (String name : List.of("service", "newsroom", "stranger")) {
                make(folder, name);
            }
            return Map.of(
                    FOLDER,
                    folder.toString(),
                    "quarkus.http.ssl.certificate.files",
                    pem(folder, "CERTIFICATE", certificate(folder, "service").getEncoded()),
                    "quarkus.http.ssl.certificate.key-files",
                    pem(folder, "PRIVATE KEY", key(folder, "service").getEncoded()),
                    "quarkus.http.ssl.certificate.trust-store-files",
                    pem(folder, "CERTIFICATE", certificate(folder, "newsroom").getEncoded()),
                    "quarkus.http.insecure-requests",
                    "disabled",
                    "quarkus.http.test-port",
                    Integer.toString(freePort()),
                    "quarkus.http.test-ssl-port",
                    Integer.toString(freePort()),
                    "parley.connections.client-certificates",
                    "true",
                    "quarkus.oidc.public-key",
                    Base64.getEncoder()
                            .encodeToString(
                                    certificate(folder, "service").getPublicKey().getEncoded()),
                    "kafka.bootstrap.servers",
                    "localhost:" + freePort());
        } catch (IOException | GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void stop() {
        // The folder is left to the system.
    }

    /// What a client needs that trusts the service; it shows the certificate of that name, or none.
    static SSLContext client(String... names) throws IOException, GeneralSecurityException {
        var folder = Path.of(ConfigProvider.getConfig().getValue(FOLDER, String.class));
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("service", certificate(folder, "service"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var shown = new ArrayList<KeyManager>();
        for (String name : names) {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store(folder, name), PASSWORD.toCharArray());
            shown.addAll(List.of(keys.getKeyManagers()));
        }
        var context = SSLContext.getInstance("TLS");
        context.init(shown.toArray(KeyManager[]::new), trust.getTrustManagers(), null);
        return context;
    }

    private static void make(Path folder, String name) throws IOException {
        var keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keystore",
                                folder.resolve(name + ".p12").toString(),
                                "-storepass",
                                PASSWORD,
                                "-alias",
                                name,
                                "-keyalg",
                                "RSA",
                                "-dname",
                                "CN=" + name,
                                "-ext",
                                "san=dns:localhost")
                        .redirectErrorStream(true)
                        .start();
        try {
            String said = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
            if (keytool.waitFor() != 0) {
                throw new IOException(said);
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static KeyStore store(Path folder, String name)
            throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(folder.resolve(name + ".p12"))) {
            store.load(bytes, PASSWORD.toCharArray());
        }
        return store;
    }

    private static Certificate certificate(Path folder, String name)
            throws IOException, GeneralSecurityException {
        return store(folder, name).getCertificate(name);
    }

    private static Key key(Path folder, String name) throws IOException, GeneralSecurityException {
        return store(folder, name).getKey(name, PASSWORD.toCharArray());
    }

    /// The name of a new file that holds it.
    private static String pem(Path folder, String kind, byte[] encoded) throws IOException {
        String text = Base64.getMimeEncoder().encodeToString(encoded);
        return Files.writeString(
                        Files.createTempFile(folder, "", ".pem"),
                        "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(kind, text))
                .toString();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
