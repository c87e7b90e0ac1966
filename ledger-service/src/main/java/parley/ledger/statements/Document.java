package parley.ledger.statements;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import parley.ledger.views.View;

/// A view that is one JSON object, in the fields it was reported in.
public record Document(@JsonValue ObjectNode json) implements View {
    @Override
    public @Nullable String position() {
        return json.path("position").textValue();
    }
}
