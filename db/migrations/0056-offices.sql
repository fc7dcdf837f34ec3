-- The body that handles a matter. Rows from before get it as an opening would have given it on their day: the nearest office above the county,
-- of the kind their line is handled by; a request by the office of its parent; an objection by the bureau over it (法律援助法 art. 49).
alter table matter add column office uuid;
comment on column matter.office is 'The office that handles it; all zeros in a draft where none is registered';
update matter m set office = (select o.id from office o where o.kind = 'legalAidAgency' and starts_with(m.region, o.region)
    and o.valid_from <= (m.opened_at at time zone 'Asia/Shanghai')::date and coalesce(o.valid_to >= (m.opened_at at time zone 'Asia/Shanghai')::date, true)
  order by length(o.region) desc, o.valid_from, o.id limit 1) where m.line <> 'objection';
update matter m set office = p.office from matter p where m.line = 'data-request' and p.region = m.region and p.id = m.parent and p.line <> 'objection';
update matter m set office = (select o.id from office o
    where o.kind = 'justiceBureau' and starts_with(coalesce((select a.region from matter p join office a on a.id = p.office where p.region = m.region and p.id = m.parent limit 1), m.region), o.region)
    and o.valid_from <= (m.opened_at at time zone 'Asia/Shanghai')::date and coalesce(o.valid_to >= (m.opened_at at time zone 'Asia/Shanghai')::date, true)
  order by length(o.region) desc, o.valid_from, o.id limit 1) where m.line = 'objection';
update matter m set office = p.office from matter p where m.line = 'data-request' and p.region = m.region and p.id = m.parent and p.line = 'objection';
update matter set office = '00000000-0000-0000-0000-000000000000' where office is null;
alter table matter alter column office set not null;

-- A queue of one service is read stage by stage, so the index by service and party goes; the same three lists stand by office.
drop index matter_line;
create index matter_office on matter (office, waits_for, (least(due_at, 'infinity'::timestamptz)), id) where is_open and filed_at is not null;
create index matter_office_stage on matter (office, line, state, (least(due_at, 'infinity'::timestamptz)), id) where is_open and filed_at is not null;
create index matter_office_unassigned on matter (office, line, state, (least(due_at, 'infinity'::timestamptz)), id)
  where is_open and filed_at is not null and not is_staffed;
