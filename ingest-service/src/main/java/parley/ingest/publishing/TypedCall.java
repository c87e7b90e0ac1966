package parley.ingest.publishing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.context.Context;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import parley.contract.EventType;
import parley.ingest.access.Caller;
import parley.ingest.access.Callers;
import parley.ingest.problem.ProblemException;
import parley.ingest.problem.ProblemKind;
import parley.ingest.rate.Allowances;
import parley.ingest.statement.Fault;
import parley.ingest.statement.Names;
import parley.ingest.statement.Submission;

/// What all typed calls have in common.
@Singleton
final class TypedCall {
    private final Callers callers;
    private final BoundedBody body;
    private final Publication publication;
    private final Allowances allowances;

    TypedCall(Callers callers, BoundedBody body, Publication publication, Allowances allowances) {
        this.callers = callers;
        this.body = body;
        this.publication = publication;
        this.allowances = allowances;
    }

    /// Something is stated for the first time: its id stands in the body's field `idField`, or is
    /// left to us.
    CompletableFuture<Outcome> first(
            EventType type,
            String idField,
            InputStream sent,
            @Nullable String key,
            boolean dryRun) {
        Caller caller = begin(key);
        ObjectNode data = body.object(sent);
        JsonNode id = data.remove(idField);
        var faults = new ArrayList<Fault>();
        String subject = null;
        if (id != null && !id.isNull()) {
            if (id.isTextual()) {
                subject = id.textValue();
                Names.faultOfId(subject)
                        .ifPresent(fault -> faults.add(new Fault("/" + idField, fault)));
            } else {
                faults.add(
                        new Fault(
                                "/" + idField,
                                "An id is a text; leave it out, and one is made for you."));
            }
        }
        faults.addAll(misnamedIds(data, idField));
        return send(new Submission(type, key, subject, data), faults, caller, dryRun);
    }

    /// Takes out what is probably the id under another name: the schema knows nothing of ids.
    private static List<Fault> misnamedIds(ObjectNode data, String idField) {
        List<String> names =
                data.properties().stream()
                        .map(Map.Entry::getKey)
                        .filter(name -> name.equals("id") || name.equalsIgnoreCase(idField))
                        .toList();
        data.remove(names);
        return names.stream()
                .map(
                        name ->
                                new Fault(
                                        "/" + name,
                                        "\"%s\" is not a field here. Did you mean %s?"
                                                .formatted(name, idField)))
                .toList();
    }

    /// Something is said about what the address names.
    CompletableFuture<Outcome> about(
            EventType type,
            String subject,
            InputStream sent,
            @Nullable String key,
            boolean dryRun) {
        Caller caller = begin(key);
        Names.faultOfId(subject)
                .ifPresent(
                        fault -> {
                            throw new ProblemException(
                                    ProblemKind.UNREADABLE, "The id in the address: " + fault);
                        });
        return send(
                new Submission(type, key, subject, body.object(sent)), List.of(), caller, dryRun);
    }

    private CompletableFuture<Outcome> send(
            Submission submission, List<Fault> faults, Caller caller, boolean dryRun) {
        if (faults.isEmpty()) {
            return dryRun
                    ? publication.rehearse(submission, caller)
                    : publication.publish(submission, caller, Context.current());
        }
        var all = new ArrayList<>(faults);
        all.addAll(publication.judge(submission).faults());
        return CompletableFuture.completedFuture(new Outcome.Refused(all));
    }

    /// What is looked at before the body is.
    private Caller begin(@Nullable String key) {
        checkKey(key);
        Caller caller = callers.current();
        allowances.take(caller.publisher());
        return caller;
    }

    private static void checkKey(@Nullable String key) {
        if (key != null) {
            Names.faultOfEventId(key)
                    .ifPresent(
                            fault -> {
                                throw new ProblemException(
                                        ProblemKind.UNREADABLE,
                                        "The header Idempotency-Key: " + fault);
                            });
        }
    }
}
