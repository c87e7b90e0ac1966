package parley.ledger.agreements;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.contract.Category;
import parley.contract.Commitment;
import parley.contract.Direction;
import parley.ledger.agreements.Allocation.Transferred;
import parley.ledger.fold.Figure;
import parley.ledger.statements.Statements.Stated;
import parley.ledger.views.Moment;
import parley.ledger.views.Reader;

/// How far the commitments of an agreement are fulfilled, by the ledger and by what is claimed.
@ApplicationScoped
class Fulfilment {
    private static final String TRANSFERRED =
            """
            select from_party, to_party, category, sum(best) as best, sum(low) as low,
                   sum(high) as high, sum(disputed) as disputed, sum(unstated) as unstated
            from entry
            where agreement = ? and conflict = ?
                  and (?::timestamptz is null and known_to is null
                       or known_from <= ? and (known_to is null or known_to > ?))
                  and (?::date is null or valid_on <= ?)
            group by from_party, to_party, category
            """;

    private final Reader reader;
    private final ObjectMapper json;

    Fulfilment(Reader reader, ObjectMapper json) {
        this.reader = reader;
        this.json = json;
    }

    /// The agreement, with how far each commitment is fulfilled by the ledger and by the claims.
    Stated shown(Stated agreement, List<Stated> claims, Moment moment) {
        ObjectNode document = agreement.document();
        List<ObjectNode> commitments =
                document.withArray("commitments")
                        .valueStream()
                        .map(ObjectNode.class::cast)
                        .toList();
        List<Figure> shares =
                Allocation.of(
                        commitments.stream().map(this::commitment).toList(),
                        transferred(agreement, moment));
        for (int place = 0; place < commitments.size(); place++) {
            show(commitments.get(place), shares.get(place), claims);
        }
        return agreement;
    }

    private Commitment commitment(JsonNode commitment) {
        return json.convertValue(commitment, Commitment.class);
    }

    private List<Transferred> transferred(Stated agreement, Moment moment) {
        OffsetDateTime at = moment.knownAtUtc();
        LocalDate asOf = moment.asOf();
        return reader.list(
                TRANSFERRED,
                row ->
                        new Transferred(
                                new Direction(
                                        row.getString("from_party"),
                                        row.getString("to_party"),
                                        Category.values()[row.getInt("category")]),
                                new Figure(
                                        row.getLong("best"),
                                        row.getLong("low"),
                                        row.getLong("high"),
                                        row.getLong("disputed"),
                                        row.getLong("unstated"))),
                agreement.id(),
                agreement.conflict(),
                at,
                at,
                at,
                asOf,
                asOf);
    }

    private void show(ObjectNode commitment, Figure share, List<Stated> claims) {
        Direction direction = commitment(commitment).direction();
        Integer committed = commitment(commitment).count();
        commitment.set("transferred", json.valueToTree(share));
        if (committed == null) {
            commitment.putNull("percent").putNull("remaining").putNull("over");
        } else {
            commitment.put("percent", percent(share.best(), committed));
            commitment.put("remaining", Math.max(0, committed - share.best()));
            commitment.put("over", Math.max(0, share.best() - committed));
        }
        ObjectNode claimed = commitment.putObject("claimed");
        // Oldest first, so that the newest of a party is what stays.
        for (Stated claim : claims) {
            JsonNode said = claim.document();
            String party = said.at("/claimant/party").asText("");
            if (!party.isEmpty()
                    && said.path("status").asText().equals("standing")
                    && speaksOf(said.path("assertion"), direction)) {
                claimed.set(party, figure(claim));
            }
        }
    }

    /// To one decimal; null where nothing was committed, since that cannot be fulfilled by halves.
    private static @Nullable Double percent(long best, int committed) {
        return committed == 0 ? null : Math.round(1000.0 * best / committed) / 10.0;
    }

    private static boolean speaksOf(JsonNode assertion, Direction direction) {
        boolean sameWay =
                assertion.path("from").asText().equals(direction.from())
                        && assertion.path("to").asText().equals(direction.to());
        String category = direction.category().wire();
        return sameWay
                && switch (assertion.path("kind").asText()) {
                    case "count" -> assertion.path("category").asText().equals(category);
                    case "total" ->
                            assertion
                                    .path("categories")
                                    .valueStream()
                                    .anyMatch(it -> it.asText().equals(category));
                    default -> false;
                };
    }

    private ObjectNode figure(Stated claim) {
        JsonNode said = claim.document();
        ObjectNode figure = json.createObjectNode();
        figure.put("claim", claim.id());
        figure.set("claimant", said.path("claimant").path("name"));
        figure.set("statedOn", said.path("statedOn"));
        for (String field : List.of("kind", "count", "countStatus", "qualifier", "low", "high")) {
            JsonNode value = said.path("assertion").path(field);
            if (!value.isMissingNode()) {
                figure.set(field, value);
            }
        }
        return figure;
    }
}
