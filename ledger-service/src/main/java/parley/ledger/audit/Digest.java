package parley.ledger.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.ledger.views.Reader;

/// A line by which replicas, generations and sites tell whether their books are the same.
///
/// Each row is hashed by itself and the hashes are added, so the order of the rows does not matter.
/// It finds faults, not forgers. The way is that of incremental hashing.
///
/// @see <a href="https://cseweb.ucsd.edu/~mihir/papers/inchash.pdf">Bellare and Micciancio 1997</a>
@ApplicationScoped
class Digest {
    /// The sums of the two halves of each row's MD5, modulo 2^64. Nothing in a row's text hangs on
    /// the settings of a session, and the tables are those of its search path.
    private static final String DIGESTS =
            """
            with line as (
                select conflict, md5(row('entry', exchange, from_party, to_party, category,
                           extract(epoch from known_from), extract(epoch from known_to),
                           valid_on - date '2000-01-01', agreement, partition, "offset", leg,
                           best, low, high, disputed, unstated)::text) as hash
                from entry
                union all
                select conflict, md5(row('edition', kind, subject,
                           extract(epoch from known_from), extract(epoch from known_to),
                           valid_on - date '2000-01-01', status, merged_into, revision, topic,
                           partition, "offset", publisher, extract(epoch from reported_at),
                           extract(epoch from updated_at), exchange, agreement)::text)
                from edition
                union all
                select null, md5(row('outcome', topic, partition, "offset",
                           extract(epoch from outcome_from), null, outcome, reason)::text)
                from event
                union all
                select null, md5(row('outcome', topic, partition, "offset",
                           extract(epoch from known_from), extract(epoch from known_to),
                           outcome, reason)::text)
                from former_outcome),
            half as (
                select conflict, ('x' || left(hash, 16))::bit(64)::bigint as one,
                       ('x' || right(hash, 16))::bit(64)::bigint as other
                from line),
            summed as (
                select grouping(conflict) = 1 as everything, conflict,
                       mod(mod(sum(one), 2.0 ^ 64) + 1.5 * 2.0 ^ 64, 2.0 ^ 64) - 2.0 ^ 63 as one,
                       mod(mod(sum(other), 2.0 ^ 64) + 1.5 * 2.0 ^ 64, 2.0 ^ 64) - 2.0 ^ 63
                       as other
                from half
                group by grouping sets ((conflict), ()))
            select everything, conflict,
                   lpad(to_hex(one::bigint), 16, '0') || lpad(to_hex(other::bigint), 16, '0')
                   as digest
            from summed
            where one is not null
            order by everything, conflict
            """;

    private static final String NOTHING = "0".repeat(32);

    private final Reader reader;

    Digest(Reader reader) {
        this.reader = reader;
    }

    /// The digests at one position, as hex; of nothing, zero.
    ///
    /// @param digest of everything: entries, editions, outcomes
    /// @param outcomes of what became of each event
    record Digests(String digest, String outcomes, List<OfConflict> conflicts) {}

    /// The digest of a conflict's entries and editions.
    record OfConflict(String conflict, String digest) {}

    private record Line(boolean everything, @Nullable String conflict, String digest) {}

    Digests read() {
        List<Line> lines =
                reader.list(
                        DIGESTS,
                        row ->
                                new Line(
                                        row.getBoolean("everything"),
                                        row.getString("conflict"),
                                        row.getString("digest")));
        var conflicts = new ArrayList<OfConflict>();
        String outcomes = NOTHING;
        String everything = NOTHING;
        for (Line line : lines) {
            if (line.everything) {
                everything = line.digest;
            } else if (line.conflict == null) {
                outcomes = line.digest;
            } else {
                conflicts.add(new OfConflict(line.conflict, line.digest));
            }
        }
        return new Digests(everything, outcomes, conflicts);
    }
}
