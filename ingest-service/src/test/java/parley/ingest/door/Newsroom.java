package parley.ingest.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;

/// Sends requests as a newsroom system would.
final class Newsroom {
    static final String JSON = "application/json";
    private static final JsonMapper MAPPER = new JsonMapper();

    /// An upgrade to HTTP/2 would wait for the end of a body.
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String token;

    private Newsroom(String token) {
        this.token = token;
    }

    static Newsroom publisher(String name) {
        return new Newsroom(token(name, "publisher"));
    }

    static Newsroom editor() {
        return new Newsroom(token("desk", "editor"));
    }

    static Newsroom withToken(String token) {
        return new Newsroom(token);
    }

    static String token(String subject, String role) {
        return claims(subject, role).jws().sign(signingKey());
    }

    /// What a good token holds, to be signed as it is or spoiled before.
    static JwtClaimsBuilder claims(String subject, String role) {
        return Jwt.subject(subject)
                .issuer(LogAndKeys.ISSUER)
                .audience(LogAndKeys.AUDIENCE)
                .groups(Set.of(role))
                .expiresIn(Duration.ofHours(1));
    }

    /// What came back.
    record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        JsonNode json() {
            try {
                return MAPPER.readTree(response.body());
            } catch (IOException none) {
                throw new UncheckedIOException(response.body(), none);
            }
        }

        JsonNode at(String pointer) {
            return json().at(pointer);
        }
    }

    Answer post(String path, String body, String... headers) {
        return send("POST", path, JSON, body, headers);
    }

    Answer put(String path, String body, String... headers) {
        return send("PUT", path, JSON, body, headers);
    }

    Answer get(String path, String... headers) {
        return send("GET", path, JSON, "", headers);
    }

    Answer send(String method, String path, String type, String body, String... headers) {
        return send(method, path, type, BodyPublishers.ofString(body), headers);
    }

    Answer send(String method, String path, String type, BodyPublisher body, String... headers) {
        String port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", String.class);
        var request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .timeout(Duration.ofSeconds(60))
                        .header("Content-Type", type)
                        .method(method, body);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        for (int index = 0; index < headers.length; index += 2) {
            request.header(headers[index], headers[index + 1]);
        }
        try {
            return new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    static PrivateKey signingKey() {
        byte[] key =
                Base64.getDecoder()
                        .decode(
                                ConfigProvider.getConfig()
                                        .getValue(LogAndKeys.SIGNING_KEY, String.class));
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
