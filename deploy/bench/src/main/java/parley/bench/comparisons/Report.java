package parley.bench.comparisons;

import java.net.URI;
import java.util.Map;
import parley.bench.lab.Lab;
import parley.bench.load.Call;

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

    private static final int ACCEPTED = 202;

    private Report() {}

    /// Sends it to ingest-service, or to a peer in its place.
    static Call call(Lab lab, URI server) {
        return to(lab, server.resolve("/v1/exchanges"));
    }

    static Call to(Lab lab, URI address) {
        var headers =
                Map.of(
                        "Authorization",
                        "Bearer " + lab.token("publisher"),
                        "Content-Type",
                        "application/json");
        return Call.post(address, headers, BODY, ACCEPTED);
    }
}
