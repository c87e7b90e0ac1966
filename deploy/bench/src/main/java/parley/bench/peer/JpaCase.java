package parley.bench.peer;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.bench.fold.CaseState;
import parley.bench.fold.Line;
import parley.bench.fold.Said;
import parley.bench.fold.Said.Claimed;
import parley.bench.fold.Said.Retracted;
import parley.bench.fold.Said.Stated;

/// An exchange and the claims about it, loaded into one transaction.
final class JpaCase {
    private final EntityManager transaction;
    private JpaEntities.@Nullable Exchange exchange;
    private CaseState state;

    private JpaCase(
            EntityManager transaction, JpaEntities.@Nullable Exchange exchange, CaseState state) {
        this.transaction = transaction;
        this.exchange = exchange;
        this.state = state;
    }

    static JpaCase load(EntityManager transaction, String id) {
        JpaEntities.@Nullable Exchange exchange = transaction.find(JpaEntities.Exchange.class, id);
        Stream<Claimed> claims =
                transaction
                        .createQuery(
                                "select c from Claim c where c.exchange = :exchange",
                                JpaEntities.Claim.class)
                        .setParameter("exchange", id)
                        .getResultStream()
                        .map(JpaEntities.Claim::claimed);
        CaseState state =
                CaseState.of(
                        exchange == null ? null : exchange.stated(),
                        exchange != null && exchange.isRetracted,
                        claims.toList());
        return new JpaCase(transaction, exchange, state);
    }

    List<Line> lines() {
        return state.lines();
    }

    void apply(Said said) {
        CaseState after = state.after(said);
        if (after == state) {
            return;
        }
        state = after;
        switch (said) {
            case Claimed claimed -> transaction.persist(new JpaEntities.Claim(claimed));
            case Stated stated when exchange == null -> {
                exchange = new JpaEntities.Exchange(stated);
                transaction.persist(exchange);
            }
            case Stated stated -> exchange.state(stated);
            case Retracted _ when exchange != null -> exchange.isRetracted = true;
            case Retracted _ -> {}
        }
    }
}
