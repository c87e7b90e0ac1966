-- The books of one generation. Every statement names its tables without a schema, so that a
-- generation is a schema and a reader chooses one by its search path.
--
-- Small numbers stand for words, in the order of the contract: topic 0 conflicts,
-- 1 exchange-events, 2 claim-events; category 0 prisoner-of-war, 1 civilian, 2 child, 3 remains,
-- 4 unspecified; kind 0 conflict, 1 exchange, 2 agreement, 3 claim; direction 0 received,
-- 1 handed over.

-- How far each partition has been read. The row is moved by the transaction that wrote what was
-- read, and only from where it stood.
create table log_position (
    topic       smallint    not null,
    partition   integer     not null,
    next_offset bigint      not null check (next_offset >= 0),
    recorded_at timestamptz not null,  -- of the newest record read: it never goes back
    primary key (topic, partition)
);

-- One row, which each transaction that writes updates first: so they take turns.
create table pen (
    turn bigint not null
);

insert into pen (turn) values (0);

-- What was written in the last turns: whoever remembers cases forgets those.
create table turn (
    turn  bigint primary key,
    token uuid   not null,             -- a database that has lost turns gives their numbers again
    cases text[]                       -- null: any
);

-- Every record of the log, and what became of it.
create table event (
    topic        smallint    not null,
    partition    integer     not null,
    "offset"     bigint      not null,
    recorded_at  timestamptz not null,
    id           text,
    source       text,
    type         text,
    subject      text,
    sent_at      timestamptz,
    authority    text,
    legible      boolean     not null,  -- whether it is an event at all, and so takes part in folds
    outcome      text        not null check (outcome in ('applied', 'duplicate', 'rejected')),
    outcome_from timestamptz not null,  -- recorded_at, or that of a later definition that turned it
    reason       text        check ((reason is not null) = (outcome = 'rejected')),
    awaits       text,                  -- the conflict whose definition could make it valid
    value        bytea,
    primary key (topic, partition, "offset")
);

create index event_by_id on event (id, subject);
create index event_by_subject on event (subject, recorded_at);
create index event_by_time on event (topic, partition, recorded_at, "offset");
create index event_rejected on event (recorded_at, topic, partition, "offset")
    where outcome = 'rejected';
create index event_rejected_from on event (outcome_from) where outcome = 'rejected';
create index event_awaiting on event (awaits, subject) where awaits is not null;

-- What was held to have become of an event, before a later definition turned it.
create table former_outcome (
    topic      smallint    not null,
    partition  integer     not null,
    "offset"   bigint      not null,
    known_from timestamptz not null,
    known_to   timestamptz not null check (known_to > known_from),
    outcome    text        not null check (outcome in ('applied', 'duplicate', 'rejected')),
    reason     text        check ((reason is not null) = (outcome = 'rejected')),
    primary key (topic, partition, "offset", known_from)
);

create index former_outcome_rejected on former_outcome (known_to) where outcome = 'rejected';

-- Subjects that the log ties together (a claim and its exchange, a merge and its target), by case.
-- A subject that is tied to nothing is a case of its own and has no row.
create table tie (
    subject text primary key,
    case_id text not null
);

create index tie_by_case on tie (case_id);

-- What was held of an exchange, agreement, claim or conflict, and when. Nothing is updated but
-- known_to.
create table edition (
    kind        smallint    not null,
    subject     text        not null,
    known_from  timestamptz not null,
    known_to    timestamptz check (known_to > known_from),
    conflict    text        not null,
    valid_on    date,
    status      text        not null check (status in ('standing', 'retracted', 'merged')),
    merged_into text        check ((merged_into is not null) = (status = 'merged')),
    revision    integer     not null check (revision > 0),
    topic       smallint    not null,  -- topic, partition, offset: the event that states it
    partition   integer     not null,
    "offset"    bigint      not null,
    publisher   text        not null,
    reported_at timestamptz not null,
    updated_at  timestamptz not null,
    exchange    text,                  -- of a claim: what it is about, merges followed
    agreement   text,
    primary key (kind, subject, known_from)
);

create index edition_by_day on edition (conflict, kind, valid_on, subject);
create index edition_by_exchange on edition (exchange) where exchange is not null;
create index edition_by_agreement on edition (agreement) where agreement is not null;
create index edition_by_time on edition (conflict, known_from);
create index edition_by_end on edition (conflict, known_to) where known_to is not null;

-- The ledger's lines: what each transfer amounted to, and when the log said so. Nothing is updated
-- but known_to. What was stated (the count as given, by whom, the sources) is in the event.
create table entry (
    exchange   text        not null,
    from_party text        not null,
    to_party   text        not null check (to_party <> from_party),
    category   smallint    not null,
    known_from timestamptz not null,
    known_to   timestamptz check (known_to > known_from),
    conflict   text        not null,
    valid_on   date        not null,
    agreement  text,
    partition  integer     not null,   -- of exchange-events: the event that stated it
    "offset"   bigint      not null,
    leg        smallint    not null,   -- the transfer's place in the event, from 0
    best       integer     not null check (best >= 0),
    low        integer     not null check (low between 0 and best),
    high       integer     not null check (high >= best),
    disputed   integer     not null check (disputed between 0 and best),
    unstated   smallint    not null check (unstated in (0, 1)),
    primary key (exchange, from_party, to_party, category, known_from)
);

create index entry_by_day on entry (conflict, valid_on, exchange);
-- Few values, and so small: for parties and categories of which there are few lines.
create index entry_by_receiver on entry (conflict, to_party, category);
create index entry_by_giver on entry (conflict, from_party, category);
create index entry_in_doubt on entry
    (conflict, (low - high), valid_on, exchange, from_party, to_party, category)
    where known_to is null and (high > low or unstated = 1);
create index entry_by_agreement on entry (agreement, valid_on, exchange)
    where agreement is not null;
create index entry_by_time on entry (conflict, known_from);
create index entry_by_end on entry (conflict, known_to) where known_to is not null;

-- The current totals, kept beside the entries by the same transaction: each transfer is posted
-- twice, as handed over by one party and as received by the other.
create table account (
    conflict  text     not null,
    party     text     not null,
    direction smallint not null,
    category  smallint not null,
    transfers bigint   not null check (transfers >= 0),
    best      bigint   not null check (best >= 0),
    low       bigint   not null check (low >= 0),
    high      bigint   not null check (high >= 0),
    disputed  bigint   not null check (disputed >= 0),
    unstated  bigint   not null check (unstated >= 0),
    primary key (conflict, party, direction, category)
);

-- How many exchanges each party took part in.
create table activity (
    conflict  text   not null,
    party     text   not null,
    exchanges bigint not null check (exchanges >= 0),
    primary key (conflict, party)
);
