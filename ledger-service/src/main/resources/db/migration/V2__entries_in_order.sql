-- Books that were begun before have the indexes that new ones are created with (see db/books.sql).
-- Readers wait only at the end: what is dropped is locked until all of it is done.

do $$
declare
    begun record;
begin
    for begun in select format('g%s', generation) as books from generation loop
        execute format('create index entry_by_receiver on %I.entry'
                       ' (conflict, to_party, category)', begun.books);
        execute format('create index entry_by_giver on %I.entry'
                       ' (conflict, from_party, category)', begun.books);
        execute format('create index entry_by_agreement_in_order on %I.entry'
                       ' (agreement, valid_on, exchange) where agreement is not null', begun.books);
    end loop;
    for begun in select format('g%s', generation) as books from generation loop
        execute format('drop index %I.entry_by_agreement', begun.books);
        execute format('alter index %I.entry_by_agreement_in_order rename to entry_by_agreement',
                       begun.books);
    end loop;
end $$;
