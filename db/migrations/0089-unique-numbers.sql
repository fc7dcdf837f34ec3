-- A legal number names one matter of its county. The counter saw to that; from now on the database does, whoever writes.
do $$
declare twice text;
begin
  select string_agg(format('%s in %s (%s matters)', number, region, n), ', ' order by region, number) into twice
    from (select region, number, count(*) as n from matter where number is not null group by region, number having count(*) > 1 limit 20) doubled;
  if twice is not null then
    raise exception 'More than one matter bears the same number: %. Give all but the first of each another one before this version is started.', twice;
  end if;
end $$;
create unique index matter_legal_number on matter (region, number) where number is not null;
comment on column matter.number is 'The legal number of its file: of one matter in a county';
