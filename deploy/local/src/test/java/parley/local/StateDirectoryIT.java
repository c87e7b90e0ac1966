package parley.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryIT {
    @TempDir Path folder;

    private StateDirectory state;

    @BeforeEach
    void name() {
        state = new StateDirectory(folder);
    }

    @Test
    void aTokenNamesItsOwnerAndTheRole() throws Exception {
        var keys = tokensWritten();

        var claims =
                new JwtConsumerBuilder()
                        .setVerificationKey(keys.tokens().getPublic())
                        .setExpectedIssuer("parley-local")
                        .build()
                        .processToClaims(read("publisher2"));

        assertThat(claims.getSubject()).isEqualTo("second-newsroom");
        assertThat(claims.getStringClaimValue("upn")).isEqualTo("second-newsroom");
        assertThat(claims.getStringListClaimValue("groups")).isEqualTo(List.of("publisher"));
    }

    @Test
    void aTokenIsKeptFromOneStartToTheNext() {
        tokensWritten();
        var before = read("editor");

        tokensWritten();

        assertThat(read("editor")).isEqualTo(before);
    }

    @Test
    void newKeysBringNewTokensAndLeaveTheDatabaseItsPassword() throws IOException {
        var before = tokensWritten();
        var token = read("editor");
        Files.delete(state.key("tokens.private.pem"));

        var after = tokensWritten();

        assertThat(read("editor")).isNotEqualTo(token);
        assertThat(after.databasePassword()).isEqualTo(before.databasePassword());
    }

    @Test
    void secretsAreForTheirOwnerOnly() throws IOException {
        tokensWritten();

        var secrets =
                List.of(
                        state.key("tokens.private.pem"),
                        state.postgresPassword(),
                        state.token("editor"));
        for (var secret : secrets) {
            var permissions = Files.getPosixFilePermissions(secret);
            assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rw-------");
        }
    }

    @Test
    void oneUpUsesADirectoryAtATime() throws IOException {
        try (var channel = state.lock().acquiredBy()) {
            assertThat(channel.isOpen()).isTrue();
            assertThatThrownBy(() -> new StateDirectory(folder).lock())
                    .isInstanceOf(UpException.class)
                    .hasMessageContaining("in use");
        }

        assertThat(new StateDirectory(folder).lock().isValid()).isTrue();
    }

    @Test
    void theLogBeforeIsKept() throws IOException {
        StateDirectory.write(state.log("kafka"), "before");

        state.turnLog("kafka");

        assertThat(state.log("kafka")).doesNotExist();
        assertThat(folder.resolve("logs/kafka.log.1")).hasContent("before");
    }

    private Keys tokensWritten() {
        var keys = Keys.of(state);
        Tokens.write(state, keys.tokens());
        return keys;
    }

    private String read(String token) {
        return StateDirectory.read(state.token(token));
    }
}
