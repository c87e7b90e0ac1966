package parley.ledger.changes;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.contract.Topic;
import parley.ledger.changes.Movement.Cause;
import parley.ledger.fold.Coordinates;
import parley.ledger.fold.Kind;
import parley.ledger.views.Reader;

/// Which events bear on a conflict, and when they took effect.
@ApplicationScoped
class Happenings {
    /// The moment by which one of the ways to find a change has found so many.
    private static final String HORIZON =
            """
            with asked as materialized (
                select ?::text as conflict, ?::timestamptz as since, ?::int as many)
            select found.at
            from asked cross join lateral (
                (select known_from as at from edition
                 where conflict = asked.conflict and known_from >= since
                 order by known_from offset many limit 1)
                union all
                (select known_to from edition
                 where conflict = asked.conflict and known_to >= since
                 order by known_to offset many limit 1)
                union all
                (select known_from from entry
                 where conflict = asked.conflict and known_from >= since
                 order by known_from offset many limit 1)
                union all
                (select known_to from entry
                 where conflict = asked.conflict and known_to >= since
                 order by known_to offset many limit 1)) found
            order by found.at
            limit 1
            """;
    private static final String NEWEST =
            """
            with asked as materialized (
                select ?::text as conflict, ?::timestamptz as until, ?::int as many)
            select changed.at
            from asked cross join lateral (
                (select known_from as at from edition
                 where conflict = asked.conflict and known_from <= until
                 order by known_from desc limit 2 * many)
                union
                (select known_to from edition
                 where conflict = asked.conflict and known_to <= until
                 order by known_to desc limit 2 * many)) changed
            order by changed.at desc
            offset (select many - 1 from asked)
            limit 1
            """;
    private static final String WITHIN =
            """
            select changed.at, changed.exchange, changed.merged_into, event.topic,
                   event.partition, event."offset", event.type, event.subject
            from (select known_from as at, kind, subject, exchange, merged_into
                  from edition
                  where conflict = ? and known_from between ? and ?
                  union
                  select known_to, kind, subject, exchange, merged_into
                  from edition
                  where conflict = ? and known_to between ? and ?) as changed
            join event on event.subject = changed.subject and event.recorded_at = changed.at
                          and event.outcome = 'applied'
                          and event.type like (array['conflict.%', 'exchange.%', 'agreement.%',
                                                     'claim.%'])[changed.kind + 1]
            """;

    /// Events before their definition have no edition of their own time, but one of its time,
    /// which is so many revisions ahead.
    private static final String TURNED =
            """
            select now.known_from as at, now.exchange, now.merged_into, late.topic, late.partition,
                   late."offset", late.type, late.subject
            from edition now
            cross join lateral (
                select (array['conflict.%', 'exchange.%', 'agreement.%', 'claim.%'])[now.kind + 1]
                       as types) kind
            left join lateral (
                select revision from edition
                where kind = now.kind and subject = now.subject and known_from < now.known_from
                order by known_from desc
                limit 1) before on true
            cross join lateral (
                select count(*) as events from event
                where subject = now.subject and recorded_at = now.known_from
                      and outcome = 'applied' and type like kind.types) own
            cross join lateral (
                select topic, partition, "offset", type, subject from event
                where subject = now.subject and recorded_at < now.known_from
                      and outcome = 'applied' and type like kind.types
                      and not exists (
                          select from edition
                          where edition.kind = now.kind and edition.subject = now.subject
                                and edition.known_from = event.recorded_at)
                order by recorded_at desc, topic desc, partition desc, "offset" desc
                limit greatest(0, now.revision - coalesce(before.revision, 0) - own.events)) late
            where now.conflict = ? and now.known_from = any(?::timestamptz[]) and now.kind <> 0
            """;

    /// What moves an exchange is an event of its case, or a definition that turned the case; an
    /// applied one, unless what it was is no longer held.
    private static final String CAUSES =
            """
            select moved.at, moved.exchange, null as merged_into, cause.topic, cause.partition,
                   cause."offset", cause.type, cause.subject
            from unnest(?::timestamptz[], ?::text[]) as moved (at, exchange)
            cross join lateral (
                select event.topic, event.partition, event."offset", event.type, event.subject,
                       event.outcome
                from (select moved.exchange as subject
                      union
                      select other.subject from tie own join tie other using (case_id)
                      where own.subject = moved.exchange) as member
                join event on event.subject = member.subject and event.recorded_at = moved.at
                              and event.legible and event.type like any(array['exchange.%',
                                                                              'claim.%'])
                union all
                select event.topic, event.partition, event."offset", event.type, event.subject,
                       event.outcome
                from log_position at
                join event on event.topic = at.topic and event.partition = at.partition
                              and event.recorded_at = moved.at and event.outcome = 'applied'
                where at.topic = 0
                order by outcome, topic desc, partition desc, "offset" desc
                limit 1) cause
            """;

    private final Reader reader;

    Happenings(Reader reader) {
        this.reader = reader;
    }

    /// A moment by which about so many changes have come since the one given; none where there are
    /// not so many.
    Optional<OffsetDateTime> horizon(String conflict, OffsetDateTime since, int changes) {
        return reader.first(
                HORIZON,
                row -> row.getObject("at", OffsetDateTime.class),
                conflict,
                since,
                changes);
    }

    /// The moment from which on at least so many changes came until another; none where there are
    /// fewer.
    Optional<OffsetDateTime> newest(String conflict, OffsetDateTime until, int changes) {
        return reader.first(
                NEWEST, row -> row.getObject("at", OffsetDateTime.class), conflict, until, changes);
    }

    /// All that took effect from the one moment to the other, both included, in no order.
    Collection<Happening> within(String conflict, OffsetDateTime from, OffsetDateTime to) {
        List<Row> own =
                reader.list(WITHIN, Happenings::row, conflict, from, to, conflict, from, to);
        Map<Instant, Coordinates> definitions =
                own.stream()
                        .filter(it -> it.kind() == Kind.CONFLICT)
                        .collect(Collectors.toMap(Row::at, Row::event, Happenings::later));
        var all = new ArrayList<>(own.stream().map(it -> it.happening(it.event())).toList());
        turned(conflict, definitions.keySet())
                .forEach(
                        it ->
                                all.add(
                                        it.happening(
                                                Objects.requireNonNull(definitions.get(it.at())))));
        return united(all);
    }

    private List<Row> turned(String conflict, Set<Instant> definitions) {
        return definitions.isEmpty()
                ? List.of()
                : reader.list(TURNED, Happenings::row, conflict, texts(definitions.stream()));
    }

    /// What moved exchanges that nothing that took effect in their conflict bears on.
    Map<Cause, Happening> causes(Collection<Cause> moved) {
        Map<Cause, Happening> causes = new HashMap<>();
        if (!moved.isEmpty()) {
            List<Cause> list = List.copyOf(moved);
            reader.list(
                            CAUSES,
                            Happenings::row,
                            texts(list.stream().map(Cause::at)),
                            list.stream().map(Cause::exchange).toArray(String[]::new))
                    .forEach(
                            it ->
                                    causes.put(
                                            new Cause(it.at(), Objects.requireNonNull(it.exchange)),
                                            it.happening(it.event())));
        }
        return causes;
    }

    private static String[] texts(Stream<Instant> moments) {
        return moments.map(Instant::toString).toArray(String[]::new);
    }

    private static Coordinates later(Coordinates one, Coordinates other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /// An event ends one edition and begins another, each of which may be about another exchange.
    private static Collection<Happening> united(List<Happening> found) {
        return found.stream()
                .collect(
                        Collectors.toMap(
                                Happening::key,
                                it -> it,
                                (one, other) ->
                                        new Happening(
                                                one.at(),
                                                one.place(),
                                                one.event(),
                                                one.kind(),
                                                one.subject(),
                                                Stream.of(one.exchanges(), other.exchanges())
                                                        .flatMap(Set::stream)
                                                        .collect(Collectors.toSet()))))
                .values();
    }

    private record Row(
            Instant at,
            Coordinates event,
            Kind kind,
            String subject,
            @Nullable String exchange,
            @Nullable String mergedInto) {
        Happening happening(Coordinates place) {
            return new Happening(
                    at,
                    place,
                    event,
                    kind,
                    subject,
                    Stream.of(kind == Kind.EXCHANGE ? subject : null, exchange, mergedInto)
                            .filter(Objects::nonNull)
                            .collect(Collectors.toSet()));
        }
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                Objects.requireNonNull(Reader.instant(row, "at")),
                new Coordinates(
                        Topic.values()[row.getInt("topic")],
                        row.getInt("partition"),
                        row.getLong("offset")),
                Kind.ofType(row.getString("type")),
                row.getString("subject"),
                row.getString("exchange"),
                row.getString("merged_into"));
    }
}
