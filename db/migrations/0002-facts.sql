-- Facts: one row per happening, with every dimension a reader may group by. Views run with the reader's own rights.
create view clock_fact with (security_invoker = true) as
  select c.region, left(c.region, 4) as city, left(c.region, 2) as province, c.id, m.line, c."limit", c.is_duty, c.due_at, c.stopped_at, c.breached_at, m.opened_at
  from clock c join matter m on m.region = c.region and m.id = c.id;

create view outcome_fact with (security_invoker = true) as
  select m.region, left(m.region, 4) as city, left(m.region, 2) as province, m.id, m.line, m.state, m.data ->> 'matterCode' as matter_code,
    (m.data -> 'outcome' ->> 'concludedOn')::date as concluded_on,
    m.data -> 'outcome' ->> 'result' as result,
    (m.data -> 'outcome' ->> 'claimedFen')::bigint as claimed_fen,
    (m.data -> 'outcome' ->> 'recoveredFen')::bigint as recovered_fen,
    coalesce(m.data -> 'outcome' ->> 'confirmation', 'claimed') as confirmation,
    (m.data -> 'outcome' ->> 'confirmedFen')::bigint as confirmed_fen
  from matter m where m.data ? 'outcome';

