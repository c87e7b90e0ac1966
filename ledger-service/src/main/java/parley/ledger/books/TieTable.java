package parley.ledger.books;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Which subjects belong to one case.
final class TieTable {
    private static final String LOAD =
            """
            select subject, case_id from tie
            where case_id in (select case_id from tie where subject = any(?))
            """;
    private static final String SAVE =
            """
            insert into tie (subject, case_id) select * from unnest(?::text[], ?::text[])
            on conflict (subject) do update set case_id = excluded.case_id
            """;

    private final Map<String, String> caseOf = new HashMap<>();
    private final Map<String, Set<String>> members = new HashMap<>();
    private final Set<String> changed = new HashSet<>();

    /// The cases of those subjects.
    static TieTable load(Connection connection, Collection<String> subjects) throws SQLException {
        var table = new TieTable();
        try (var select = connection.prepareStatement(LOAD)) {
            select.setArray(1, connection.createArrayOf("text", subjects.toArray()));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    table.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return table;
    }

    private void put(String subject, String caseId) {
        caseOf.put(subject, caseId);
        members.computeIfAbsent(caseId, _ -> new HashSet<>()).add(subject);
    }

    /// From now on, both belong to one case.
    void tie(String one, String other) {
        String kept = caseOf(one);
        String given = caseOf(other);
        if (kept.equals(given)) {
            adopt(one, kept);
            adopt(other, kept);
            return;
        }
        if (membersOf(kept).size() < membersOf(given).size()) {
            String swapped = kept;
            kept = given;
            given = swapped;
        }
        Set<String> moved = membersOf(given);
        members.remove(given);
        adopt(one, kept);
        adopt(other, kept);
        for (String subject : moved) {
            adopt(subject, kept);
        }
    }

    private void adopt(String subject, String caseId) {
        if (!caseId.equals(caseOf.get(subject))) {
            put(subject, caseId);
            changed.add(subject);
        }
    }

    /// What names the case of a subject.
    String caseOf(String subject) {
        return caseOf.getOrDefault(subject, subject);
    }

    /// All subjects of a case.
    Set<String> membersOf(String caseId) {
        return members.getOrDefault(caseId, Set.of(caseId));
    }

    void save(Connection connection) throws SQLException {
        if (changed.isEmpty()) {
            return;
        }
        var sorted = new TreeMap<String, String>();
        changed.forEach(subject -> sorted.put(subject, caseOf(subject)));
        try (var save = connection.prepareStatement(SAVE)) {
            save.setArray(1, connection.createArrayOf("text", sorted.keySet().toArray()));
            save.setArray(2, connection.createArrayOf("text", sorted.values().toArray()));
            save.executeUpdate();
        }
    }
}
