package parley.ingest.door;

/// What a newsroom might say.
final class Bodies {
    static final String SOURCES =
            """
            [{"title":"Repatriation","publisher":"Headquarters","url":"https://example.org/a"}]\
            """;
    static final String CONFLICT =
            """
            {"name":"Russia–Ukraine","since":"2022-02-24",
             "parties":[{"party":"UA","name":"Ukraine","role":"side"},{"party":"RU","name":"Russia","role":"side"},
                        {"party":"TR","name":"Türkiye","role":"third"}]}
            """;

    private Bodies() {}

    /// @param id a field and a comma, or nothing
    static String exchange(String id) {
        return """
        {%s"conflict":"ru-ua","occurredOn":"2025-07-17","place":null,"agreement":"istanbul-2025-06",
         "mediators":["Red Cross"],
         "transfers":[{"from":"RU","to":"UA","category":"remains","count":1000,"statedBy":["UA","RU"]},
                      {"from":"UA","to":"RU","category":"remains","count":19,"statedBy":["RU"]}],
         "summary":"…","sources":%s}
        """
                .formatted(id, SOURCES);
    }

    static String agreement(String id) {
        return """
        {%s"conflict":"ru-ua","title":"Istanbul","concludedOn":"2025-06-02",
         "commitments":[{"from":"RU","to":"UA","category":"remains","count":6000,"qualifier":"about"}],
         "sources":%s}
        """
                .formatted(id, SOURCES);
    }

    static String claim(String id) {
        return """
        {%s"conflict":"ru-ua","statedOn":"2025-07-17","claimant":{"name":"Vladimir Medinsky","party":"RU"},
         "about":{"exchange":"x"},
         "assertion":{"kind":"count","from":"UA","to":"RU","category":"remains","count":19},
         "statement":"…","language":"ru","sources":%s}
        """
                .formatted(id, SOURCES);
    }

    /// One line of a stream.
    static String event(String attributes, String data) {
        return "{\"specversion\":\"1.0\",%s,\"data\":%s}"
                .formatted(attributes, data.replace("\n", ""));
    }
}
