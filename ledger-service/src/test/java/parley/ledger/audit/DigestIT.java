package parley.ledger.audit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.TestTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import parley.ledger.door.LogAndBooks;

/// The one line by which books are compared. Each test's rows are rolled back.
@QuarkusTest
@QuarkusTestResource(LogAndBooks.class)
@TestTransaction
class DigestIT {
    private static final String ROW =
            """
            insert into entry values
            ('%s', 'RU', 'UA', 3, '2025-07-17 12:00:00.123+00', %s, 'digest-test', '2025-07-17',
             null, 0, %d, 0, 5, 5, 5, 0, 0)
            """;

    @Inject @Nullable DataSource books;

    @Inject @Nullable Digest digest;

    @Test
    void theOrderOfTheRowsDoesNotMatter() throws SQLException {
        execute(ROW.formatted("a", "null", 1));
        execute(ROW.formatted("b", "null", 2));
        String before = ours();

        execute("delete from entry where exchange = 'a'");
        execute(ROW.formatted("a", "null", 1));

        assertThat(ours()).isEqualTo(before).matches("[0-9a-f]{32}");
    }

    @Test
    void theSettingsOfTheSessionDoNotMatter() throws SQLException {
        execute(ROW.formatted("a", "null", 1));
        var before = requireNonNull(digest).read();

        execute("set local timezone = 'Asia/Kathmandu'");
        execute("set local datestyle = 'ISO, DMY'");

        assertThat(requireNonNull(digest).read()).isEqualTo(before);
    }

    @Test
    void whatIsKnownNoLongerAndWhatStandsTwiceMatter() throws SQLException {
        execute(ROW.formatted("a", "null", 1));
        String before = ours();

        execute("update entry set known_to = '2025-07-18' where exchange = 'a'");
        String ended = ours();
        execute(ROW.formatted("b", "null", 1));

        assertThat(ended).isNotEqualTo(before);
        assertThat(ours()).isNotEqualTo(ended).isNotEqualTo(before);
    }

    @Test
    void sumsBeyond64BitsWrapAround() throws SQLException {
        for (int row = 0; row < 200; row++) {
            execute(ROW.formatted("x" + row, "null", row));

            assertThat(ours()).matches("[0-9a-f]{32}");
        }
    }

    private String ours() {
        return requireNonNull(digest).read().conflicts().stream()
                .filter(it -> it.conflict().equals("digest-test"))
                .findFirst()
                .orElseThrow()
                .digest();
    }

    private void execute(String sql) throws SQLException {
        try (var connection = requireNonNull(books).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
