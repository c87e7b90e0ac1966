-- The generations of the books. The books of generation 7 are the schema g7 (see db/books.sql).

create table generation (
    generation integer     generated always as identity primary key,
    projection text        not null,            -- which release's way of counting it follows
    started_at timestamptz not null default now()
);

-- One row: the generation that is read. `since` also keeps what was just left from being dropped
-- under those who still read it.
create table serving (
    only_one   boolean     primary key default true check (only_one),
    generation integer     not null references generation,
    since      timestamptz not null default now(),
    forced     boolean     not null,            -- whatever the comparison said
    reason     text        not null
);
