package parley.ingest.publishing;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import parley.ingest.problem.ProblemException;
import parley.ingest.problem.ProblemKind;

/// How an outcome is answered over HTTP.
public abstract class AnsweringResource {
    /// The header that tells the position of an event on the log.
    public static final String LEDGER_POSITION = "Ledger-Position";

    /// The answer, once the log has acknowledged. Only a virtual thread may wait that long.
    protected static Response answer(CompletableFuture<Outcome> outcome) {
        return response(outcome.join());
    }

    private static Response response(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Published published -> {
                Receipt receipt = Receipt.of(published);
                yield Response.accepted(receipt)
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .header(LEDGER_POSITION, receipt.position())
                        .build();
            }
            case Outcome.Rehearsed(var eventId, var subject) ->
                    Response.ok(new Rehearsal(eventId, subject, true))
                            .type(MediaType.APPLICATION_JSON_TYPE)
                            .build();
            case Outcome.Refused refused ->
                    throw new ProblemException(
                            ProblemKind.INVALID_STATEMENT,
                            refused.faults().size() == 1
                                    ? "One thing is wrong with the statement; nothing was published."
                                    : "%d things are wrong with the statement; nothing was published."
                                            .formatted(refused.faults().size()),
                            refused.faults());
        };
    }
}
