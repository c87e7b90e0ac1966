package parley.ledger.views;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;

/// Which failures are PostgreSQL's.
class ReaderTest {
    @Test
    void aTransactionThatCannotBeCommittedForAConnectionThatIsGoneIsOne() {
        var resource = new XAException(XAException.XAER_RMFAIL);
        resource.initCause(new SQLException("An I/O error occurred", "08006"));
        var transaction = new RollbackException("Could not commit transaction.");
        transaction.addSuppressed(resource);

        assertThat(Reader.isAway(new IllegalStateException(transaction))).isTrue();
    }

    @Test
    void aQuestionThatIsWrongIsNone() {
        assertThat(Reader.isAway(new IllegalStateException(new SQLException("syntax", "42601"))))
                .isFalse();
    }
}
