-- Filed is a moment of its own: a consultation of which there are a million draws no number.
alter table matter add column filed_at timestamptz;
comment on column matter.filed_at is 'When the office received it; null while it is a draft, which exists for its person alone';
update matter m set filed_at = (select min(e.at) from event e where e.region = m.region and e.id = m.id and e.input ->> 'number' = m.number)
  where m.number is not null;

drop index matter_queue, matter_line, matter_stage, matter_unassigned;
create index matter_queue on matter (region, waits_for, (least(due_at, 'infinity'::timestamptz)), id) where is_open and filed_at is not null;
create index matter_stage on matter (region, line, state, (least(due_at, 'infinity'::timestamptz)), id) where is_open and filed_at is not null;
create index matter_line on matter (region, line, waits_for, (least(due_at, 'infinity'::timestamptz)), id) where is_open and filed_at is not null;
create index matter_unassigned on matter (region, line, state, (least(due_at, 'infinity'::timestamptz)), id)
  where is_open and filed_at is not null and not is_staffed;
