-- Books that were begun before have what new ones are created with (see db/books.sql).

do $$
declare
    begun record;
begin
    for begun in select format('g%s', generation) as books from generation loop
        execute format('create table %I.turn (turn bigint primary key, cases text[])',
                       begun.books);
    end loop;
end $$;
