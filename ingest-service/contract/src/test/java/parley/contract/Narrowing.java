package parley.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What schemas refuse that earlier ones accepted. A keyword that this does not understand has to
/// stay as it was: a needless failure is better than one that is missed.
final class Narrowing {
    private static final Set<String> ANNOTATIONS =
            Set.of("$schema", "$id", "$defs", "$comment", "title", "description", "examples");
    private static final Set<String> UNDERSTOOD =
            Set.of(
                    "$ref",
                    "type",
                    "enum",
                    "const",
                    "required",
                    "properties",
                    "additionalProperties",
                    "items",
                    "allOf",
                    "uniqueItems");
    private static final Set<String> UPPER_BOUNDS = Set.of("maxLength", "maximum", "maxItems");
    private static final Set<String> LOWER_BOUNDS = Set.of("minLength", "minimum", "minItems");

    private final List<String> found = new ArrayList<>();

    /// A schema, and those that it may refer to by their names.
    private record Schema(Map<String, JsonNode> all, String name, JsonNode node) {
        Schema at(JsonNode part) {
            return new Schema(all, name, part);
        }

        JsonNode get(String keyword) {
            return node.path(keyword);
        }

        boolean has(String keyword) {
            return node.has(keyword);
        }

        boolean refusesAll() {
            return node.isBoolean() && !node.booleanValue();
        }

        Stream<String> keywords() {
            return node.properties().stream().map(Map.Entry::getKey);
        }

        /// What it refers to, where it does.
        Schema resolved() {
            if (!has("$ref")) {
                return this;
            }
            var reference = get("$ref").asText().split("#", 2);
            var target = reference[0].isEmpty() ? name : reference[0];
            var document = all.get(target);
            var refersOnly =
                    keywords().allMatch(it -> it.equals("$ref") || ANNOTATIONS.contains(it));
            if (document == null || !refersOnly) {
                throw new IllegalArgumentException("This cannot be compared: " + node);
            }
            return new Schema(all, target, document.at(reference[1])).resolved();
        }

        /// The words that it takes, where it names them.
        Optional<Set<JsonNode>> words() {
            if (has("const")) {
                return Optional.of(Set.of(get("const")));
            }
            return has("enum") ? Optional.of(set(get("enum"))) : Optional.empty();
        }

        /// What it demands of a property, or of one that it does not name.
        JsonNode property(String property) {
            var named = get("properties").path(property);
            return named.isMissingNode() ? get("additionalProperties") : named;
        }
    }

    private Narrowing() {}

    /// A sentence for each place at which the schemas, by their names, refuse what those that were
    /// released accept.
    static List<String> between(Map<String, JsonNode> released, Map<String, JsonNode> now) {
        var narrowing = new Narrowing();
        released.forEach(
                (name, was) -> {
                    var is = now.get(name);
                    if (is == null) {
                        narrowing.found.add(name + ": the schema is gone");
                    } else {
                        narrowing.compare(
                                name, new Schema(released, name, was), new Schema(now, name, is));
                    }
                });
        return narrowing.found;
    }

    private void compare(String at, Schema released, Schema now) {
        var was = released.resolved();
        var is = now.resolved();
        if (was.refusesAll()) {
            return;
        }
        if (is.refusesAll()) {
            found.add(at + ": nothing is accepted any more");
            return;
        }
        compareTypes(at, was, is);
        compareWords(at, was, is);
        compareBounds(at, was, is);
        compareProperties(at, was, is);
        compareConditions(at, was, is);
        if (is.has("items")) {
            compare(at + "/*", was.at(was.get("items")), is.at(is.get("items")));
        }
        if (is.get("uniqueItems").asBoolean() && !was.get("uniqueItems").asBoolean()) {
            found.add(at + ": items may not be equal any more");
        }
        is.keywords()
                .filter(it -> !ANNOTATIONS.contains(it) && !UNDERSTOOD.contains(it))
                .filter(it -> !UPPER_BOUNDS.contains(it) && !LOWER_BOUNDS.contains(it))
                .filter(it -> !is.get(it).equals(was.get(it)))
                .forEach(it -> found.add("%s: %s is %s".formatted(at, it, is.get(it))));
    }

    private void compareTypes(String at, Schema was, Schema is) {
        if (!is.has("type")) {
            return;
        }
        var types = types(is);
        if (types.contains("number")) {
            types.add("integer");
        }
        if (!was.has("type") && was.words().isEmpty()) {
            found.add(at + ": any type was accepted, now it is " + types);
        }
        types(was).stream()
                .filter(type -> !types.contains(type))
                .forEach(type -> found.add("%s: may not be of type %s".formatted(at, type)));
    }

    private void compareWords(String at, Schema was, Schema is) {
        is.words()
                .ifPresent(
                        words ->
                                was.words()
                                        .ifPresentOrElse(
                                                before -> mustContain(at, words, before),
                                                () -> found.add(at + ": only these: " + words)));
    }

    private void mustContain(String at, Set<JsonNode> words, Set<JsonNode> before) {
        before.stream()
                .filter(word -> !words.contains(word))
                .forEach(word -> found.add("%s: may not be %s".formatted(at, word)));
    }

    private void compareBounds(String at, Schema was, Schema is) {
        is.keywords()
                .filter(bound -> isTighter(bound, was.get(bound), is.get(bound)))
                .forEach(
                        bound ->
                                found.add(
                                        "%s: %s is %s, was %s"
                                                .formatted(
                                                        at, bound, is.get(bound), was.get(bound))));
    }

    private static boolean isTighter(String bound, JsonNode was, JsonNode is) {
        if (UPPER_BOUNDS.contains(bound)) {
            return is.asDouble() < was.asDouble(Double.POSITIVE_INFINITY);
        }
        return LOWER_BOUNDS.contains(bound)
                && is.asDouble() > was.asDouble(Double.NEGATIVE_INFINITY);
    }

    private void compareProperties(String at, Schema was, Schema is) {
        set(is.get("required")).stream()
                .filter(it -> !set(was.get("required")).contains(it))
                .forEach(it -> found.add("%s: %s is required".formatted(at, it)));
        Stream.of(was, is)
                .flatMap(it -> it.get("properties").properties().stream())
                .map(Map.Entry::getKey)
                .distinct()
                .forEach(
                        it ->
                                compare(
                                        at + "/" + it,
                                        was.at(was.property(it)),
                                        is.at(is.property(it))));
        if (is.has("additionalProperties")) {
            compare(
                    at + "/(any other)",
                    was.at(was.get("additionalProperties")),
                    is.at(is.get("additionalProperties")));
        }
    }

    /// Each item of `allOf` is `if` and `then`.
    private void compareConditions(String at, Schema was, Schema is) {
        for (var condition : is.get("allOf")) {
            var before = before(condition, was);
            if (before.isPresent() && !condition.has("else") && condition.has("then")) {
                compare(at, was.at(before.get().path("then")), is.at(condition.path("then")));
            } else if (before.isPresent()
                    ? !before.get().equals(condition)
                    : !speaksOfNewWords(condition, was)) {
                found.add(at + ": a condition is new: " + condition);
            }
        }
    }

    private static Optional<JsonNode> before(JsonNode condition, Schema was) {
        return was.get("allOf")
                .valueStream()
                .filter(it -> it.equals(condition) || it.path("if").equals(condition.path("if")))
                .filter(it -> it.has("if") || it.equals(condition))
                .findFirst();
    }

    /// Whether it holds only for what was refused before.
    private static boolean speaksOfNewWords(JsonNode condition, Schema was) {
        return condition.at("/if/properties").properties().stream()
                .filter(
                        it ->
                                set(condition.at("/if/required")).stream()
                                        .anyMatch(name -> name.asText().equals(it.getKey())))
                .anyMatch(
                        it -> {
                            var word = it.getValue().path("const");
                            var words = was.at(was.property(it.getKey())).resolved().words();
                            return !word.isMissingNode()
                                    && words.isPresent()
                                    && !words.get().contains(word);
                        });
    }

    private static Set<String> types(Schema schema) {
        var type = schema.get("type");
        var types = new HashSet<String>();
        if (type.isTextual()) {
            types.add(type.asText());
        }
        type.forEach(it -> types.add(it.asText()));
        return types;
    }

    private static Set<JsonNode> set(JsonNode array) {
        var set = new HashSet<JsonNode>();
        array.forEach(set::add);
        return set;
    }
}
