package parley.ledger.books;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Which subjects belong to one case. A subject that is tied to nothing is a case of its own, which
/// bears its name.
final class TieTable {
    private static final String LOAD =
            """
            select subject, case_id from tie where subject = any(?)
            """;
    private static final String MEMBERS =
            """
            select subject, case_id from tie where case_id = any(?)
            """;
    private static final String SAVE =
            """
            insert into tie (subject, case_id) select * from unnest(?::text[], ?::text[])
            on conflict (subject) do update set case_id = excluded.case_id
            """;

    private final Connection connection;
    private final Map<String, String> caseOf = new HashMap<>();
    private final Map<String, Set<String>> joined = new HashMap<>();
    private final Set<String> united = new HashSet<>();

    private TieTable(Connection connection) {
        this.connection = connection;
    }

    /// The cases of those subjects.
    static TieTable load(Connection connection, Collection<String> subjects) throws SQLException {
        var table = new TieTable(connection);
        table.caseOf.putAll(table.select(LOAD, subjects));
        return table;
    }

    /// From now on, both belong to one case.
    void tie(String one, String other) throws SQLException {
        String kept = caseOf.containsKey(one) && !caseOf.containsKey(other) ? one : other;
        String caseId = caseOf(kept);
        String given = caseOf(kept.equals(one) ? other : one);
        if (!given.equals(caseId) && caseOf.containsKey(one) && caseOf.containsKey(other)) {
            Set<String> moved = new HashSet<>(select(MEMBERS, Set.of(given)).keySet());
            moved.addAll(joined.getOrDefault(given, Set.of()));
            joined.remove(given);
            moved.forEach(subject -> join(subject, caseId));
            united.add(given);
            united.add(caseId);
        }
        join(one, caseId);
        join(other, caseId);
    }

    private void join(String subject, String caseId) {
        if (!caseId.equals(caseOf.put(subject, caseId))) {
            joined.computeIfAbsent(caseId, _ -> new HashSet<>()).add(subject);
        }
    }

    /// What names the case of a subject.
    String caseOf(String subject) {
        return caseOf.getOrDefault(subject, subject);
    }

    /// Whether the case has become one out of several.
    boolean isUnited(String caseId) {
        return united.contains(caseId);
    }

    /// The subjects that have joined the case since it was loaded.
    Set<String> joined(String caseId) {
        return joined.getOrDefault(caseId, Set.of());
    }

    /// All subjects of those cases, each with its case.
    Map<String, String> members(Collection<String> caseIds) throws SQLException {
        var members = new HashMap<String, String>();
        for (String caseId : caseIds) {
            members.put(caseId, caseId); // A case of one bears its name.
        }
        members.putAll(select(MEMBERS, caseIds));
        for (String caseId : caseIds) {
            joined(caseId).forEach(subject -> members.put(subject, caseId));
        }
        return members;
    }

    private Map<String, String> select(String sql, Collection<String> keys) throws SQLException {
        var selected = new HashMap<String, String>();
        try (var select = connection.prepareStatement(sql)) {
            select.setArray(1, connection.createArrayOf("text", keys.toArray()));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    selected.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return selected;
    }

    void save() throws SQLException {
        var changed = new TreeMap<String, String>();
        joined.forEach(
                (caseId, subjects) -> subjects.forEach(subject -> changed.put(subject, caseId)));
        if (changed.isEmpty()) {
            return;
        }
        try (var save = connection.prepareStatement(SAVE)) {
            save.setArray(1, connection.createArrayOf("text", changed.keySet().toArray()));
            save.setArray(2, connection.createArrayOf("text", changed.values().toArray()));
            save.executeUpdate();
        }
    }
}
