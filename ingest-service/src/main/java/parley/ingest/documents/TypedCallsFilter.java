package parley.ingest.documents;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jspecify.annotations.Nullable;

/// Describes what all typed calls have in common: the answers, the key, and an example each.
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class TypedCallsFilter implements OASFilter {
    /// By status, the names under `components/responses` of META-INF/openapi.json.
    private static final Map<String, String> ANSWERS =
            Map.of(
                    "200", "Rehearsed",
                    "202", "Accepted",
                    "400", "Unreadable",
                    "401", "Unauthenticated",
                    "403", "Forbidden",
                    "413", "TooLarge",
                    "415", "UnsupportedType",
                    "422", "InvalidStatement",
                    "429", "OverRate",
                    "503", "Unavailable");

    private static final Map<String, String> EXAMPLES =
            Map.of(
                    "/v1/exchanges", "exchange",
                    "/v1/agreements", "agreement",
                    "/v1/claims", "claim",
                    "/v1/conflicts/{conflict}", "conflict");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        for (Map.Entry<String, PathItem> path : document.getPaths().getPathItems().entrySet()) {
            for (Operation call : path.getValue().getOperations().values()) {
                if (key(call).map(TypedCallsFilter::describeKey).orElse(false)) {
                    describeDryRun(call);
                    call.setResponses(answers());
                    addExample(call, EXAMPLES.get(path.getKey()));
                }
            }
        }
    }

    private static Optional<Parameter> key(Operation call) {
        List<Parameter> parameters = call.getParameters();
        return parameters == null
                ? Optional.empty()
                : parameters.stream()
                        .filter(parameter -> "Idempotency-Key".equals(parameter.getName()))
                        .findFirst();
    }

    private static boolean describeKey(Parameter key) {
        key.setDescription(
                "The event's id: 1 to 256 printable ASCII characters. Sending the same again with the"
                        + " same key counts once.");
        return true;
    }

    private static void describeDryRun(Operation call) {
        call.getParameters().stream()
                .filter(parameter -> "dryRun".equals(parameter.getName()))
                .forEach(parameter -> parameter.setRef("DryRun"));
    }

    private static APIResponses answers() {
        APIResponses answers = OASFactory.createAPIResponses();
        ANSWERS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        answer ->
                                answers.addAPIResponse(
                                        answer.getKey(),
                                        OASFactory.createAPIResponse().ref(answer.getValue())));
        return answers;
    }

    private static void addExample(Operation call, @Nullable String name) {
        if (name != null) {
            call.getRequestBody()
                    .getContent()
                    .getMediaTypes()
                    .values()
                    .forEach(type -> type.addExample(name, OASFactory.createExample().ref(name)));
        }
    }
}
