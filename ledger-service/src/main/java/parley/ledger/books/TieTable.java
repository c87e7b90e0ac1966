package parley.ledger.books;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
    private static final String CASES =
            """
            select subject from unnest(?::text[]) as alone (subject)
            where not exists (select from tie where tie.subject = alone.subject)
            union
            select case_id from tie where case_id > ? and (case_id <= ? or ? = '')
            order by 1
            limit ?
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

    /// The first of those subjects that are cases of their own and of all other cases, in the order
    /// of their names, from after the one to the other.
    ///
    /// @param last empty: to the end
    static List<String> cases(
            Connection connection,
            Collection<String> subjects,
            String after,
            String last,
            int limit)
            throws SQLException {
        var cases = new ArrayList<String>();
        try (var select = connection.prepareStatement(CASES)) {
            select.setArray(1, connection.createArrayOf("text", subjects.toArray()));
            select.setString(2, after);
            select.setString(3, last);
            select.setString(4, last);
            select.setInt(5, limit);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    cases.add(rows.getString(1));
                }
            }
        }
        return cases;
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

    /// The cases that have become one with others.
    Set<String> united() {
        return united;
    }

    /// The subjects that have joined the case since it was loaded.
    Set<String> joined(String caseId) {
        return joined.getOrDefault(caseId, Set.of());
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
