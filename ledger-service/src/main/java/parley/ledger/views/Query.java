package parley.ledger.views;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A question that is put together from the conditions that are wanted: what is not asked for is no
/// part of it, so that PostgreSQL need not plan for it.
public final class Query {
    private final StringBuilder sql;
    private final List<@Nullable Object> parameters = new ArrayList<>();
    private String joint = " where ";

    /// @param start what comes before the conditions
    public Query(String start) {
        this.sql = new StringBuilder(start);
    }

    /// One condition more.
    ///
    /// @param parameters the values of its parameters, in their order
    public Query where(String condition, @Nullable Object... parameters) {
        sql.append(joint).append('(').append(condition).append(')');
        joint = " and ";
        Collections.addAll(this.parameters, parameters);
        return this;
    }

    /// One condition more, unless its value is null; each parameter in it is that value.
    public Query whereGiven(String condition, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        int times = (int) condition.chars().filter(it -> it == '?').count();
        return where(condition, Collections.nCopies(times, value).toArray());
    }

    /// Only what was held at that moment, or what is held now where that is null.
    public Query whereKnown(Moment moment) {
        Object at = moment.knownAtUtc();
        return at == null
                ? where("known_to is null")
                : whereGiven("known_from <= ? and (known_to is null or known_to > ?)", at);
    }

    /// What comes after the conditions.
    public Query then(String end, @Nullable Object... parameters) {
        sql.append(' ').append(end);
        Collections.addAll(this.parameters, parameters);
        return this;
    }

    /// As PostgreSQL is asked.
    public String sql() {
        return sql.toString();
    }

    /// The values of its parameters, in their order.
    public List<@Nullable Object> parameters() {
        return Collections.unmodifiableList(parameters);
    }
}
