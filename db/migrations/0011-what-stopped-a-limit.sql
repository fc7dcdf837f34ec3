-- A limit met and a limit that fell away both stop: what stopped it tells them apart.
create or replace view clock_fact with (security_invoker = true) as
  select c.region, left(c.region, 4) as city, left(c.region, 2) as province, c.id, m.line, c."limit", c.is_duty, c.due_at, c.stopped_at, c.breached_at, m.opened_at,
    (select array_agg(e.action) from event e where e.region = c.region and e.id = c.id and e.seq > c.started_by and e.at = c.stopped_at) as stopped_by
  from clock c join matter m on m.region = c.region and m.id = c.id;
comment on column clock_fact.stopped_by is 'What happened at the moment it stopped; null while it runs';
