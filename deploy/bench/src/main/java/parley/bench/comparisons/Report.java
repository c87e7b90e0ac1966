package parley.bench.comparisons;

import java.util.Map;
import parley.bench.lab.Lab;

/// A report of two transfers, as a newsroom sends it.
final class Report {
    /// Without an id: ingest-service makes one, so each is an exchange of its own.
    static final String BODY =
            """
            {"conflict":"generated","occurredOn":"2024-05-31","transfers":[\
            {"from":"RU","to":"UA","category":"prisoner-of-war","count":75,"statedBy":["UA"]},\
            {"from":"UA","to":"RU","category":"prisoner-of-war","count":75}],\
            "sources":[{"title":"generated","publisher":"generated",\
            "url":"https://example.org/g"}]}""";

    private Report() {}

    static Map<String, String> headers(Lab lab) {
        return Map.of(
                "Authorization",
                "Bearer " + lab.token("publisher"),
                "Content-Type",
                "application/json");
    }
}
