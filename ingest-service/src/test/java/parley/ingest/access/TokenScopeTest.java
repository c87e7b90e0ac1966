package parley.ingest.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenScopeTest {
    private static final Optional<List<String>> FOR_PARLEY = Optional.of(List.of("parley"));

    @Test
    void whoeverTakesTokensForAnyServiceIsWarned() {
        var scope =
                new TokenScope(Optional.empty(), Optional.empty(), Optional.of("https://issuer"));

        assertThat(scope.warnings())
                .singleElement()
                .asString()
                .contains("QUARKUS_OIDC_TOKEN_AUDIENCE");
    }

    @Test
    void whoeverTakesTokensOfAnyIssuerIsWarned() {
        var scope = new TokenScope(FOR_PARLEY, Optional.empty(), Optional.empty());

        assertThat(scope.warnings())
                .singleElement()
                .asString()
                .contains("QUARKUS_OIDC_TOKEN_ISSUER");
    }

    @Test
    void whoeverNamesBothIsNotWarned() {
        var byAddress = new TokenScope(FOR_PARLEY, Optional.empty(), Optional.of("https://issuer"));
        var byName = new TokenScope(FOR_PARLEY, Optional.of("issuer"), Optional.empty());

        assertThat(byAddress.warnings()).isEmpty();
        assertThat(byName.warnings()).isEmpty();
    }
}
