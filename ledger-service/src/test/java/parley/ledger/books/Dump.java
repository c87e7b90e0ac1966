package parley.ledger.books;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/// What the books say, without regard to where each row lies. A kept total of nothing says the same
/// as none.
record Dump(Map<String, List<String>> rows) {
    /// Which of its subjects a case is named after says nothing.
    private static final String TIED =
            """
            (select array_agg(subject order by subject) as members from tie group by case_id) tied
            """;

    private static final Map<String, String> TABLES =
            Map.of(
                    "log_position",
                    "",
                    "event",
                    "",
                    "former_outcome",
                    "",
                    "edition",
                    "",
                    "entry",
                    "",
                    "account",
                    " where transfers <> 0",
                    "activity",
                    " where exchanges <> 0",
                    TIED,
                    "");

    static Dump of(DataSource database) throws SQLException {
        var rows = new LinkedHashMap<String, List<String>>();
        try (var connection = database.getConnection()) {
            for (var table : TABLES.entrySet()) {
                rows.put(table.getKey(), rows(connection, table.getKey() + table.getValue()));
            }
        }
        return new Dump(rows);
    }

    static List<String> rows(Connection connection, String from) throws SQLException {
        var rows = new ArrayList<String>();
        try (var select = connection.createStatement();
                var read =
                        select.executeQuery(
                                "select row_to_json(it)::text from (select * from %s) it order by 1"
                                        .formatted(from))) {
            while (read.next()) {
                rows.add(read.getString(1));
            }
        }
        return rows;
    }
}
