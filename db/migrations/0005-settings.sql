-- A change to what the law leaves open is proposed by one person and published by another; `setting` holds only what was published.
create table setting_draft (
  id uuid primary key,
  region text not null,
  key text not null,
  valid_from date not null,
  value jsonb not null,
  note text not null,
  proposed_by text not null,
  proposed_at timestamptz not null,
  published_by text,
  published_at timestamptz,
  withdrawn_by text,
  withdrawn_at timestamptz,
  constraint setting_draft_takes_two check (published_by <> proposed_by),
  constraint setting_draft_publishing_is_whole check ((published_by is null) = (published_at is null)),
  constraint setting_draft_withdrawing_is_whole check ((withdrawn_by is null) = (withdrawn_at is null)),
  constraint setting_draft_ends_once check (published_at is null or withdrawn_at is null)
);
create index setting_draft_region on setting_draft (region, key);

-- Every stored assessment of a region decided again as if a draft had been in force.
create table replay (
  id uuid primary key,
  draft uuid not null references setting_draft,
  region text not null,
  asked_by text not null,
  asked_at timestamptz not null,
  total int,
  tally jsonb,
  finished_at timestamptz,
  cancelled_at timestamptz
);
create index replay_draft on replay (draft, asked_at);
create unique index replay_one_at_a_time on replay (draft) where finished_at is null and cancelled_at is null;
comment on column replay.total is 'Assessments to decide again; null until they are counted';

create table replay_slice (
  replay uuid not null references replay,
  no int not null,
  first_region text not null,
  first_id uuid not null,
  last_region text not null,
  last_id uuid not null,
  size int not null,
  tally jsonb,
  primary key (replay, no)
);
comment on column replay_slice.tally is 'Written with the slice''s flips: a slice without one is still to be done, so a replay that was cut off goes on where it stopped';

create table replay_flip (
  replay uuid not null references replay,
  region text not null,
  assessment uuid not null,
  matter uuid not null,
  "from" text not null,
  "to" text not null,
  turned text not null,
  primary key (replay, region, assessment)
);
comment on column replay_flip.turned is 'Sealed: the step that turned the proposal, with its margin';

-- A replay reads in the order assessments were made in, which is the order they lie in: county by county, every row would be a page of its own.
create index assessment_id on assessment (id, region);
