package parley.ledger.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import parley.ledger.audit.AuditRounds;
import parley.ledger.audit.AuditRounds.Round;

/// Who finds that its books do not hold gives no answers.
@Readiness
@ApplicationScoped
class BooksHold implements HealthCheck {
    private static final int REASONS_MAX = 3;

    private final AuditRounds rounds;

    BooksHold(AuditRounds rounds) {
        this.rounds = rounds;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("The books hold");
        Round last = rounds.last();
        if (last == null) {
            return response.withData("when", "The first round has not ended.").up().build();
        }
        response.withData("holds", last.holds())
                .withData("position", last.position())
                .withData("digest", last.digest())
                .withData("when", last.at().toString())
                .withData("cases", last.casesChecked());
        if (!last.holds()) {
            var reasons = last.differences().stream().limit(REASONS_MAX).toList();
            response.withData("reason", String.join(" ", reasons));
        }
        return response.status(last.holds()).build();
    }
}
