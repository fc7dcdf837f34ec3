-- Roles, grants and row policies, all on one page. Run after every migration; safe to repeat.
--   fahui_app   what the running service may do; its login role inherits this and nothing else
--   fahui_jobs  what the job library may do, by a login of its own: its own tables, and nothing else
-- The owner migrates and never serves. On PGlite every transaction takes the role with `set local role`.
do $$ begin
  if not exists (select from pg_roles where rolname = 'fahui_app') then
    create role fahui_app nologin nosuperuser nobypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'fahui_jobs') then
    create role fahui_jobs nologin nosuperuser nobypassrls;
  end if;
end $$;

-- A table of one's own making, by the name of one of ours, would be found before it: nobody makes any (on PostgreSQL `lowLogin` sees to it), and no function of the owner's looks there first.
do $$ begin execute format('revoke temporary on database %I from public', current_database()); end $$;
-- Nor any other thing there: a database that comes from before PostgreSQL 15 lets everybody.
revoke create on schema public from public;

create schema if not exists sec;
create table if not exists sec.context_key (inner_pad bytea not null, outer_pad bytea not null);
-- Which keys the stored values need, by fingerprint: a process that has others is told so before it serves.
create table if not exists sec.key_mark (name text primary key, mark text not null);
-- Which effects the services of this version declare: nothing else is queued.
create table if not exists sec.effect_kind (name text primary key);
revoke all on schema sec from public;
revoke all on all tables in schema sec from public;

-- Who is asking: actor|kind|expiry|keys…, signed by the service (HMAC-SHA-256; RFC 2104 with the pads made in advance). A key is what a grant opens
-- (`keysOf` in src/platform/tx.ts): `line@region` or `line#office` for matters, `duty~region` or `duty^region` for records.
-- A forged, expired or missing context is nobody, and nobody sees nothing.
create or replace function sec.who() returns text[] language plpgsql stable security definer parallel safe
  set search_path = pg_catalog, sec, pg_temp as $$
declare
  raw text := current_setting('app.ctx', true);
  cut int;
  payload text;
  made bytea;
  parts text[];
begin
  if raw is null or raw = '' then return null; end if;
  cut := length(raw) - 64;
  payload := left(raw, cut - 1);
  select sha256(k.outer_pad || sha256(k.inner_pad || convert_to(payload, 'UTF8'))) into made from sec.context_key k;
  if made is null or encode(made, 'hex') <> right(raw, 64) then return null; end if;
  parts := string_to_array(payload, '|');
  if to_timestamp(parts[3]::bigint) < clock_timestamp() then return null; end if;
  return parts;
end $$;

-- The functions rows are asked by are in PL/pgSQL, which keeps its expression ready: PostgreSQL cannot inline them, and would start an SQL function
-- anew for every row.

-- Over `region`, as a whole, lies a grant of the caller's: of any duty, for every service, and not at one office. An empty prefix is no key.
create or replace function sec.within(region text, who text[]) returns boolean language plpgsql immutable parallel safe as $$
begin
  return who[2] = 'staff' and who[4:] && array['@' || left(region, 2), '@' || left(region, 4), '@' || left(region, 6)];
end $$;

-- The same for whoever manages accounts. An administrator is no officer: no policy but those of accounts knows them.
create or replace function sec.administers(region text, who text[]) returns boolean language plpgsql immutable parallel safe as $$
begin
  return who[2] = 'administrator' and who[4:] && array['@' || left(region, 2), '@' || left(region, 4), '@' || left(region, 6)];
end $$;

-- The same for one duty: the audit of a region is its auditors'.
create or replace function sec.audits(region text, who text[]) returns boolean language plpgsql immutable parallel safe as $$
begin
  return who[2] = 'staff' and who[4:] && array['auditor~' || left(region, 2), 'auditor~' || left(region, 4), 'auditor~' || left(region, 6)];
end $$;

-- Over `region` lies a grant for every service, of any duty, or one at an office whose own region it is.
create or replace function sec.around(region text, who text[]) returns boolean language plpgsql immutable parallel safe as $$
begin
  return sec.within(region, who) or who[2] = 'staff' and exists (select from unnest(who[4:]) held where starts_with(region, nullif(split_part(held, '^', 2), '')));
end $$;

-- The register around a place is kept by its managers and directors, those of an office there among them.
create or replace function sec.keeps(region text, who text[]) returns boolean language plpgsql immutable parallel safe as $$
begin
  return who[2] = 'staff' and who[4:] && (select array_agg(duty || held || left(region, digits))
    from unnest(array['manager', 'director']) duty, unnest(array['~', '^']) held, unnest(array[2, 4, 6, 9, 12]) digits where digits <= length(region));
end $$;

-- A matter that was filed is the business of whoever holds a grant at its office, or over its county, that is for every service or for this one.
create or replace function sec.covers(region text, office uuid, line text, filed_at timestamptz, who text[])
  returns boolean language plpgsql immutable parallel safe as $$
begin
  return who[2] = 'system' or (who[2] = 'staff' and filed_at is not null and who[4:] && array[
    '#' || office, '@' || region, '@' || left(region, 4), '@' || left(region, 2),
    line || '#' || office, line || '@' || region, line || '@' || left(region, 4), line || '@' || left(region, 2)]);
end $$;

-- Whether a place at a table is the caller's: their account's, or, of a party without one who came by a link, their own at the one table the link leads to. Inlined.
create or replace function sec.holds(account text, holder text, matter uuid, who text[]) returns boolean language sql immutable parallel safe as
  $$ select account = who[1] and who[2] <> 'party' or (who[2] = 'party' and account is null and holder = who[1] and matter::text = who[4]) $$;
-- Whether the caller sits at the table of a matter, on one of these sides; a seat that was left lets nobody in. The owner's, since the policies of the table itself ask it.
create or replace function sec.sits(of_region text, of_matter uuid, sides text[], who text[]) returns boolean language sql stable security definer parallel safe set search_path = pg_catalog, public, pg_temp as
  $$ select exists (select from standing s where s.region = of_region and s.matter = of_matter and sec.holds(s.account, s.holder, s.matter, who) and s.until is null and s.side = any(sides)) $$;
-- Whether a matter is opened to the caller for these hours, by a second person's word.
create or replace function sec.urgently(of_region text, of_matter uuid, who text[]) returns boolean language plpgsql stable security definer parallel safe set search_path = pg_catalog, public, pg_temp as $$
begin
  return exists (select from urgent_access u where u.region = of_region and u.matter = of_matter and u.asker = who[1] and u.is_approved and u.ended_at is null and u.until > clock_timestamp());
end $$;
-- Who may ask for that: staff whose grant covers the matter, confined or not, and who do not sit at its table.
create or replace function sec.may_ask(of_region text, of_matter uuid, who text[]) returns boolean language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return who[2] = 'staff' and not sec.sits(of_region, of_matter, '{asks,answers,works}', who)
    and exists (select from matter m where m.region = of_region and m.id = of_matter and sec.covers(m.region, m.office, m.line, m.filed_at, who));
end $$;
-- The matter of a code for whoever may ask for that, though it is closed to them: as what they would look into it, and what tells whether they stepped back from it.
create or replace function sec.asked_for(of_code text) returns table (region text, id uuid, line text, edition text, office uuid, data jsonb) language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select m.region, m.id, m.line, m.edition, m.office, m.data from matter_code c join matter m on m.region = c.region and m.id = c.matter
    where c.code = of_code and sec.may_ask(c.region, c.matter, sec.who()) $$;
-- Who may say yes or no: another who directs, supervises or manages there by a grant that covers it; neither of the two was granted anything by the other.
create or replace function sec.may_approve(of_region text, of_matter uuid, asker text, who text[]) returns boolean language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return who[2] = 'staff' and who[1] <> asker
    and not sec.sits(of_region, of_matter, '{asks,answers}', who)
    and exists (select from matter m join duty_grant g on (case when g.office is null then g.region <> '' and starts_with(m.region, g.region) else g.office = m.office end)
        and (g.lines is null or m.line = any(g.lines)) and g.duty in ('director', 'supervisor', 'manager')
        and g.valid_from <= clock_timestamp() and (g.valid_to is null or g.valid_to > clock_timestamp())
      where m.region = of_region and m.id = of_matter and m.filed_at is not null and g.account::text = who[1])
    and not exists (select from duty_grant g where (g.account::text = who[1] and g.granted_by = asker) or (g.account::text = asker and g.granted_by = who[1]));
end $$;
-- The matter an asking is about, for whoever may decide on it: what tells whether they stepped back from it.
create or replace function sec.decided_on(of_region text, access uuid) returns table (region text, id uuid, line text, edition text, data jsonb) language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select m.region, m.id, m.line, m.edition, m.data from urgent_access u join matter m on m.region = u.region and m.id = u.matter
    where u.region = of_region and u.id = access and sec.may_approve(u.region, u.matter, u.asker, sec.who()) $$;
-- Says yes, until a moment, or no: once, by whoever may, whoever else says something at the same time. Whether it was decided by this.
create or replace function sec.decide_urgently(of_region text, access uuid, hours numeric, at timestamptz) returns boolean language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update urgent_access u set is_approved = hours is not null, until = clock_timestamp() + hours * interval '1 hour', decided_by = (sec.who())[1], decided_at = at
    where u.region = of_region and u.id = access and u.is_approved is null and sec.may_approve(u.region, u.matter, u.asker, sec.who());
  return found;
end $$;
-- Whether a confined matter was opened to the caller by name, or for these hours. Who sits at its table is not asked this.
create or replace function sec.confides(of_region text, of_matter uuid, who text[]) returns boolean language plpgsql stable security definer parallel safe set search_path = pg_catalog, public, pg_temp as $$
begin
  return who[2] = 'system' or exists (select from confidant c where c.region = of_region and c.matter = of_matter and c.account = who[1] and c.until is null)
    or sec.urgently(of_region, of_matter, who);
end $$;
-- The confined matters that were not opened to the caller: few, and read once a statement by policies of tables that look no matter up for whoever works over a whole region.
create or replace function sec.closed_to(who text[]) returns table (region text, matter uuid) language sql stable security definer parallel safe set search_path = pg_catalog, public, pg_temp as
  $$ select m.region, m.id from matter m where m.confined_at is not null and who = sec.who() and not sec.confides(m.region, m.id, who) $$;
-- The same of one matter, for the policy of a table that is read a few rows at a time.
create or replace function sec.is_closed(of_region text, of_matter uuid, who text[]) returns boolean language plpgsql stable security definer parallel safe set search_path = pg_catalog, public, pg_temp as $$
begin
  return exists (select from matter m where m.region = of_region and m.id = of_matter and m.confined_at is not null) and not sec.confides(of_region, of_matter, who);
end $$;
-- Whether the caller sees a matter, by its own policy: for the policies of the table that policy asks.
create or replace function sec.sees(of_region text, of_matter uuid, who text[]) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select exists (select from matter m where m.region = of_region and m.id = of_matter
    and (sec.covers(m.region, m.office, m.line, m.filed_at, who) and (m.confined_at is null or sec.confides(m.region, m.id, who)) or sec.sits(m.region, m.id, '{asks,answers,works}', who))) $$;
-- Whether a matter is for the caller to work on: those who supervise figures or audit see that it is there, and nothing that people said in it.
create or replace function sec.works_at(region text, office uuid, line text, filed_at timestamptz, who text[])
  returns boolean language plpgsql immutable parallel safe as $$
begin
  return who[2] = 'system' or (who[2] = 'staff' and filed_at is not null and who[4:] && array[
    '+#' || office, '+@' || region, '+@' || left(region, 4), '+@' || left(region, 2),
    '+' || line || '#' || office, '+' || line || '@' || region, '+' || line || '@' || left(region, 4), '+' || line || '@' || left(region, 2)]);
end $$;
-- Whether the caller may read what is `holder`'s in a matter they see. At its table: what is nobody's in particular, what was shared, and their own, or all where
-- their seat sees all. Elsewhere: all of it, whoever works on the matter, and to whom it is opened for these hours.
create or replace function sec.opens(of_region text, of_matter uuid, holder text, is_shared boolean, who text[]) returns boolean language plpgsql stable security definer parallel safe set search_path = pg_catalog, public, pg_temp as $$
declare
  sits boolean;
begin
  if who[2] = 'system' then return true; end if;
  select bool_or(s.sees_all or opens.holder = '' or is_shared or s.holder = opens.holder) into sits from standing s
    where s.region = of_region and s.matter = of_matter and sec.holds(s.account, s.holder, s.matter, who) and s.until is null;
  if sits is not null then return sits; end if;
  return coalesce((select sec.works_at(m.region, m.office, m.line, m.filed_at, who) from matter m where m.region = of_region and m.id = of_matter), false)
    or sec.urgently(of_region, of_matter, who);
end $$;
-- Whether a step is told to the caller: to those who sit there as what they may read, and to everyone else who sees the matter, since a log without its steps proves nothing.
create or replace function sec.told(of_region text, of_matter uuid, holder text, who text[]) returns boolean language plpgsql stable security definer parallel safe set search_path = pg_catalog, public, pg_temp as $$
begin
  if holder = '' or who[2] = 'system' then return true; end if;
  return coalesce((select bool_or(s.sees_all or s.holder = told.holder) from standing s
    where s.region = of_region and s.matter = of_matter and sec.holds(s.account, s.holder, s.matter, who) and s.until is null), true);
end $$;
-- Whether what is `holder`'s in a matter is the caller's to show and to take back: their own where they sit there as a party, the desk's where they work on it.
create or replace function sec.disposes(of_region text, of_matter uuid, holder text, who text[]) returns boolean language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if holder = 'desk' then
    return who[2] <> 'system' and sec.sees(of_region, of_matter, who) and sec.works_on(of_region, of_matter, who) and sec.opens(of_region, of_matter, holder, false, who);
  end if;
  return exists (select from standing s where s.region = of_region and s.matter = of_matter and s.account = who[1] and s.until is null
    and s.side in ('asks', 'answers') and s.holder = disposes.holder);
end $$;
-- Shows a paper to the other seats or takes that back: nothing else of a paper is ever changed by those who handed it in. Whether anything changed.
create or replace function sec.share_paper(of_region text, paper uuid, shown boolean) returns boolean language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update document d set is_shared = shown where d.region = of_region and d.id = paper and d.erased_at is null and d.is_shared <> shown
    and sec.disposes(d.region, d.matter, d.holder, sec.who());
  return found;
end $$;
-- The same of what the caller answered: the newest saying is shown and no earlier one, or none.
create or replace function sec.share_answer(of_region text, of_matter uuid, asked text, shown boolean) returns boolean language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  with own as (select a.holder, a.seq, shown and a.seq = max(a.seq) over (partition by a.holder) as is_shown from answer a
    where a.region = of_region and a.matter = of_matter and a.question = asked and sec.disposes(a.region, a.matter, a.holder, sec.who()))
  update answer a set is_shared = own.is_shown from own where a.region = of_region and a.matter = of_matter and a.question = asked
    and a.holder = own.holder and a.seq = own.seq and a.is_shared <> own.is_shown;
  return found;
end $$;
-- Whether a share is the caller's to know of: whose words it carries and the desk they were told to; and at the other end the person it is for and the desk that took them over.
create or replace function sec.knows_share(of_region text, of_matter uuid, of_holder text, at_region text, at_matter uuid, at_holder text, who text[]) returns boolean language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return who[2] = 'system' or sec.sees(of_region, of_matter, who) and sec.opens(of_region, of_matter, of_holder, false, who)
    or sec.sees(at_region, at_matter, who) and sec.opens(at_region, at_matter, at_holder, false, who);
end $$;
-- What a desk reads of another matter before it has answered a referral: the answers that hold the facts it was offered, of whoever gave their leave, while that holds.
create or replace function sec.through_share(of_region text, of_matter uuid) returns table (region text, matter uuid, line text, edition text, opened_at timestamptz, keys text[], question text, holder text, seq int, value text, said_by text, channel text, at timestamptz) language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select distinct on (a.question) f.region, f.id, f.line, f.edition, f.opened_at, s.keys, a.question, a.holder, a.seq, a.value, a.said_by, a.channel, a.at
    from share s join matter f on f.region = s.region and f.id = s.matter cross join (select sec.who() as who) asked
      join answer a on a.region = s.region and a.matter = s.matter and a.holder = s.holder and a.question = any(s.questions)
    where s.to_region = of_region and s.to_matter = of_matter and s.stage = 'offered' and s.until > clock_timestamp() and f.use_stopped_at is null
      and (asked.who[2] = 'system' or sec.sees(s.to_region, s.to_matter, asked.who) and sec.opens(s.to_region, s.to_matter, s.to_holder, false, asked.who))
    order by a.question, a.seq desc $$;
-- How far a referral has come, for whoever knows of its share: whether the other body goes on with it, has ended it or sent it back, and nothing else of what is done there.
create or replace function sec.share_stage(of_region text, of_share uuid) returns text language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select case when s.stage = 'accepted' and not m.is_open then 'ended' else s.stage end from share s join matter m on m.region = s.to_region and m.id = s.to_matter
    where s.region = of_region and s.id = of_share and sec.knows_share(s.region, s.matter, s.holder, s.to_region, s.to_matter, s.to_holder, sec.who()) $$;
revoke all on function sec.knows_share(text, uuid, text, text, uuid, text, text[]), sec.through_share(text, uuid), sec.share_stage(text, uuid) from public;
grant execute on function sec.knows_share(text, uuid, text, text, uuid, text, text[]), sec.through_share(text, uuid), sec.share_stage(text, uuid) to fahui_app;
-- Whether the caller may have somebody sit at the table of a matter they see, or leave it: whoever sits there, and of the desk those who work on it. Who audits or manages
-- would else seat themselves, and read what was said.
create or replace function sec.seats_others(of_region text, of_matter uuid, who text[]) returns boolean language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return sec.sees(of_region, of_matter, who) and (who[2] <> 'staff' or sec.sits(of_region, of_matter, '{asks,answers,works}', who) or sec.opens(of_region, of_matter, 'desk', false, who));
end $$;
-- Whether there is no such matter yet: whoever opens one is seated before its row is there.
create or replace function sec.is_new(of_region text, of_matter uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select not exists (select from matter m where m.region = of_region and m.id = of_matter) $$;

-- Whether the caller stands on the desk's side of a matter they see.
create or replace function sec.works_on(region text, matter uuid, who text[]) returns boolean language sql stable parallel safe as
  $$ select sec.sits(region, matter, '{works}', who) or who[2] = 'staff' and not sec.sits(region, matter, '{asks,answers}', who) $$;

-- Whether each of these grants lies within what the caller administers.
create or replace function sec.administers_all(grants jsonb, who text[]) returns boolean language plpgsql immutable parallel safe as $$
begin
  return not exists (select from jsonb_array_elements(grants) g where not coalesce(sec.administers(g ->> 'region', who), false));
end $$;
-- The account at the beginning of the line of those who made one another: one that the command line made. Whoever holds an account may hold all that were made with it.
create or replace function sec.origin_of(of_account uuid) returns uuid language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  its uuid := of_account;
  maker uuid;
begin
  loop
    select a.made_by into maker from account a where a.id = its;
    if maker is null then return its; end if;
    its := maker;
  end loop;
end $$;
-- For how many days whoever is new among the administrators of a region confirms nothing (`accounts.newAdministratorDays`); seven where nobody has set it.
create or replace function sec.new_administrator_days(of_region text) returns int language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select coalesce((select (s.value #>> '{}')::int from setting s where s.key = 'accounts.newAdministratorDays' and starts_with(of_region, s.region)
    and s.valid_from <= (clock_timestamp() at time zone 'Asia/Shanghai')::date order by length(s.region) desc, s.valid_from desc limit 1), 7) $$;
-- Why the caller may not confirm what `asker` asked for, as the code of the refusal; null where they may. By the clock of the database: whoever forges a moment is not older for it.
create or replace function sec.confirm_flaw(of_account uuid, asker text, grants jsonb, who text[]) returns text language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  mine record;
begin
  if who[2] is distinct from 'administrator' then return 'not_permitted'; end if;
  if who[1] = asker then return 'own_request'; end if;
  if who[1] = of_account::text then return 'own_account'; end if;
  select a.region, a.made_by, a.confirmed_at into mine from account a where a.id = who[1]::uuid and a.branch = 'administrator' and a.disabled_at is null;
  if not found then return 'not_permitted'; end if;
  if not exists (select from account a where a.id = asker::uuid and a.branch = 'administrator' and a.disabled_at is null) then return 'asker_gone'; end if;
  if not sec.administers_all(grants, who) then return 'beyond_region'; end if;
  if sec.origin_of(who[1]::uuid) = sec.origin_of(asker::uuid) then return 'same_origin'; end if;
  if mine.made_by is not null and mine.confirmed_at + make_interval(days => sec.new_administrator_days(mine.region)) > clock_timestamp() then return 'too_new'; end if;
  return null;
end $$;

-- Accounts are closed to everyone but the sign-in code; these two answer what a page may show of them.
create or replace function sec.staff_names(ids text[]) returns table (id text, name text, kind text) language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select a.id::text, a.name, a.kind from account a where a.id::text = any(ids) and a.kind in ('staff', 'provider') $$;
-- Whether a paper has these bytes, asked by the system alone; null to everybody else.
create or replace function sec.is_held(of_hash text) returns boolean language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return case when (sec.who())[2] = 'system' then exists (select from document d where d.hash = of_hash and d.erased_at is null) end;
end $$;
-- The seal an entry of the audit lies under: what else has its place there says which matters there are.
create or replace function sec.seal_of(entry bigint) returns int language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select s.no from collected c cross join lateral (select no from audit_seal where last_position >= c.position order by last_position limit 1) s where c.kind = 'audit' and c.region = '' and c.id = '00000000-0000-0000-0000-000000000000' and c.seq = entry $$;
-- Whose name begins so, or whose login it is, among the staff of the caller's region and the providers, who have none: what an auditor looks through the audit for.
create or replace function sec.staff_called(part text) returns table (id text, name text, region text) language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select a.id::text, a.name, a.region from account a where a.kind in ('staff', 'provider') and (starts_with(a.name, part) or a.login = part)
    and (a.kind = 'provider' or sec.within(a.region, sec.who())) order by a.name, a.id limit 20 $$;
create or replace function sec.provider_accounts(ids uuid[]) returns table (practitioner uuid, account uuid) language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select a.practitioner, a.id from account a where a.practitioner = any(ids) and a.kind = 'provider' and a.disabled_at is null $$;

-- Who may be named in a confined matter: staff whose grants for working on matters cover it today. For those who see it.
create or replace function sec.colleagues(of_region text, of_matter uuid, today timestamptz) returns table (id text, name text) language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select a.id::text, a.name from matter m join duty_grant g on (case when g.office is null then g.region <> '' and starts_with(m.region, g.region) else g.office = m.office end)
      and (g.lines is null or m.line = any(g.lines)) and g.duty in ('intake', 'reviewer', 'director', 'supervisor') and g.valid_from <= today and (g.valid_to is null or g.valid_to > today)
    join account a on a.id = g.account and a.kind = 'staff' and a.disabled_at is null
    where m.region = of_region and m.id = of_matter and sec.sees(m.region, m.id, sec.who()) group by a.id, a.name order by a.name, a.id limit 200 $$;
-- What grew from a matter is confined as that is, or is open again with it: at its opening the one alone that `of_matter` names, whoever opens it; later all of its descendants
-- that stand as it stood at `was`. The named are the same, and where none of them handles it, those who do: whose grants cover it by a duty of its line's desk (`handling`, by line).
-- What its own director confined, or opened again, goes its own way. Returns what changed, and to whom it is confined.
create or replace function sec.confine_with_parent(of_region text, of_matter uuid, handling jsonb, today timestamptz) returns table (matter uuid, accounts text[]) language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  its record;
begin
  if exists (select from event e where e.region = of_region and e.id = of_matter) then return; end if; -- it is open already
  select m.parent, p.confined_at into its from matter m join matter p on p.region = m.region and p.id = m.parent where m.region = of_region and m.id = of_matter;
  if its.confined_at is null then return; end if;
  return query select of_matter, sec.confine_as(of_region, of_matter, its.parent, handling, today);
end $$;
create or replace function sec.confine_children(of_region text, of_matter uuid, was timestamptz, handling jsonb, today timestamptz) returns table (matter uuid, accounts text[]) language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not (sec.sees(of_region, of_matter, sec.who()) and sec.works_on(of_region, of_matter, sec.who())) then return; end if;
  return query with recursive grown as (
      select m.id, m.confined_at from matter m where m.region = of_region and m.parent = of_matter
      union select m.id, m.confined_at from grown g join matter m on m.region = of_region and m.parent = g.id)
    select g.id, sec.confine_as(of_region, g.id, of_matter, handling, today) from grown g where g.confined_at is not distinct from was;
end $$;
-- The part of both: `of_matter` stands from now on as `like_matter` does.
create or replace function sec.confine_as(of_region text, of_matter uuid, like_matter uuid, handling jsonb, today timestamptz) returns text[] language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  since_when timestamptz := (select m.confined_at from matter m where m.region = of_region and m.id = like_matter);
  named text[] := array(select c.account from confidant c where c.region = of_region and c.matter = like_matter and c.until is null and since_when is not null order by c.since, c.account);
  handlers text[] := array(select distinct g.account::text from matter m join duty_grant g on (case when g.office is null then g.region <> '' and starts_with(m.region, g.region) else g.office = m.office end)
      and (g.lines is null or m.line = any(g.lines)) and handling -> m.line ? g.duty and g.duty in ('intake', 'reviewer', 'director', 'supervisor') and g.valid_from <= today and (g.valid_to is null or g.valid_to > today)
    join account a on a.id = g.account and a.kind = 'staff' and a.disabled_at is null
    where m.region = of_region and m.id = of_matter and since_when is not null order by 1);
begin
  if not named && handlers then named := named || handlers; end if;
  update matter m set confined_at = since_when where m.region = of_region and m.id = of_matter;
  update confidant c set until = today where c.region = of_region and c.matter = of_matter and c.until is null and c.account <> all(named);
  insert into confidant (region, id, matter, account, named_by, since)
    select of_region, gen_random_uuid(), of_matter, one, (select p.named_by from confidant p where p.region = of_region and p.matter = like_matter and p.until is null order by p.since desc, p.account limit 1), today from unnest(named) one
    where not exists (select from confidant c where c.region = of_region and c.matter = of_matter and c.account = one and c.until is null);
  return named;
end $$;
revoke all on function sec.confine_with_parent(text, uuid, jsonb, timestamptz), sec.confine_children(text, uuid, timestamptz, jsonb, timestamptz), sec.confine_as(text, uuid, uuid, jsonb, timestamptz) from public;
-- How many open matters are confined in each county under a prefix, for those who manage there: that they are there, and which of them are nobody's to tell.
create or replace function sec.confined_counts() returns table (region text, matters bigint) language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select m.region, count(*) from matter m, (select sec.who() as who) asked where m.confined_at is not null and m.is_open and asked.who[2] = 'staff'
    and asked.who[4:] && array['manager~' || left(m.region, 2), 'manager~' || left(m.region, 4), 'manager~' || m.region] group by m.region order by m.region $$;

-- Notes which network a filing of the caller's came from, and marks all that came from there within an hour once they are so many. A mark stops no limit and refuses nothing.
-- One network's filings wait here for each other, so that of many at once none is missed.
create or replace function sec.note_filing(of_region text, of_matter uuid, of_network text, at_moment timestamptz, so_many int) returns void language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not sec.sits(of_region, of_matter, '{asks}', sec.who()) then return; end if;
  perform pg_advisory_xact_lock(hashtext('filing ' || of_network));
  insert into filing_source (region, matter, network, filed_at) values (of_region, of_matter, of_network, at_moment) on conflict do nothing;
  if (select count(*) from filing_source f where f.network = of_network and f.filed_at > at_moment - interval '1 hour') >= so_many then
    update filing_source f set is_flood = true where f.network = of_network and f.filed_at > at_moment - interval '1 hour' and not f.is_flood;
  end if;
end $$;
-- The largest flood since a moment where the caller works or manages accounts: how many filings of one network, in how many counties. That it runs is told, and of no matter anything.
create or replace function sec.flood_since(moment timestamptz) returns table (filings int, counties int) language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select count(*)::int, count(distinct f.region)::int from filing_source f join matter m on m.region = f.region and m.id = f.matter, (select sec.who() as who) asked
    where f.is_flood and f.filed_at > moment and (sec.covers(m.region, m.office, m.line, m.filed_at, asked.who) or sec.administers(m.region, asked.who))
    group by f.network order by 1 desc limit 1 $$;
revoke all on function sec.note_filing(text, uuid, text, timestamptz, int), sec.flood_since(timestamptz) from public;
grant execute on function sec.note_filing(text, uuid, text, timestamptz, int), sec.flood_since(timestamptz) to fahui_app;

-- Open matters each account is working on, wherever they are; for the desk.
create or replace function sec.caseloads(accounts text[]) returns table (account text, open_matters bigint) language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select s.account, count(*) from standing s join matter m on m.region = s.region and m.id = s.matter
    where s.account = any(accounts) and s.until is null and s.side = 'works' and m.is_open and (select (sec.who())[2]) in ('staff', 'system') group by s.account $$;

-- Accounts ever assigned to the other side of a dispute: a matter of the province whose recipient is our opponent and whose opponent is our
-- recipient, both found by blind index. Answers accounts alone, to the desk that sees our matter; nothing of the other.
create or replace function sec.served_other_side(of_region text, of_matter uuid) returns table (provider text) language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$
  with us as (select p.role, x.id_number_index as idn, x.phone_index as tel from party p join person x on x.region = p.region and x.id = p.person where p.region = of_region and p.matter = of_matter),
  theirs as (select p.region, p.matter, p.role, x.id_number_index as idn, x.phone_index as tel from party p join person x on x.region = p.region and x.id = p.person
    where left(p.region, 2) = left(of_region, 2) and p.matter <> of_matter and (x.id_number_index in (select idn from us) or x.phone_index in (select tel from us)))
  select distinct e.input ->> 'provider' from event e
    join theirs a on a.region = e.region and a.matter = e.id and a.role = 'recipient' join us o on o.role = 'opponent' and (o.idn = a.idn or o.tel = a.tel)
    join theirs b on b.region = e.region and b.matter = e.id and b.role = 'opponent' join us r on r.role = 'recipient' and (r.idn = b.idn or r.tel = b.tel)
  where e.action in ('assign', 'replace') and (select (sec.who())[2] in ('staff', 'system') and sec.sees(of_region, of_matter, sec.who()))
$$;

-- The assessments of a region in slices of at most `size`, by their first and last; for those the region lies with. Counting a million
-- through the row policy would take longer than deciding them.
create or replace function sec.assessment_slices(prefix text, size int)
  returns table (no int, first_region text, first_id uuid, last_region text, last_id uuid, size int) language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$
  select (n / $2)::int, (array_agg(region order by n))[1], (array_agg(id order by n))[1], (array_agg(region order by n desc))[1], (array_agg(id order by n desc))[1],
    (max(n) - min(n) + 1)::int
  from (select region, id, row_number() over ordered - 1 as n, lead(id) over ordered is null as ends from assessment
    where region between rpad(prefix, 6, '0') and rpad(prefix, 6, '9') and sec.within(prefix, sec.who()) window ordered as (order by id, region)) counted
  where ends or n % $2 in (0, $2 - 1) group by n / $2
$$;

-- What nobody may list or set back, though everybody's steps need it: jobs, numbers and codes.

-- Queues an effect of a declared kind. The system, which carries effects out, queues what follows from one; everybody else what follows from a step of their own in this very
-- transaction: an event, or a yes to urgent access. The row is the one the job library would make (`test/engine/queueing.test.ts`).
create or replace function sec.queue_effect(of_effect text, of_region text, of_matter uuid, of_seq bigint) returns void language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  who text[] := sec.who();
  this xid := pg_current_xact_id()::xid;
begin
  if not exists (select from sec.effect_kind k where k.name = of_effect) or not (coalesce(who[2] = 'system', false)
      or exists (select from event e where e.region = of_region and e.id = of_matter and e.seq = of_seq and e.actor in (who[1], 'system') and e.xmin = this)
      or exists (select from urgent_access u where u.region = of_region and u.matter = of_matter and u.is_approved and u.decided_by = who[1] and u.xmin = this)) then
    raise insufficient_privilege using message = 'No such effect follows from what was done here.';
  end if;
  insert into pgboss.job (name, data, start_after, keep_until, created_on, expire_seconds, deletion_seconds, retry_limit, retry_delay, retry_backoff, retry_delay_max, policy, dead_letter, heartbeat_seconds)
    select q.name, jsonb_build_object('effect', of_effect, 'region', of_region, 'id', of_matter, 'seq', of_seq), pgboss.job_now(), pgboss.job_now() + q.retention_seconds * interval '1s', pgboss.job_now(),
      q.expire_seconds, q.deletion_seconds, q.retry_limit, q.retry_delay, q.retry_backoff, q.retry_delay_max, q.policy, q.dead_letter, q.heartbeat_seconds
    from pgboss.queue q where q.name = 'effect';
end $$;
-- The next number of a county, kind and year: it is counted forward and in no other way, for a matter the caller sees or is about to open; null for any other.
create or replace function sec.draw_number(of_region text, of_matter uuid, of_year int, of_kind text) returns int language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  who text[] := sec.who();
  drawn int;
begin
  if not coalesce(who[2] <> 'visitor' and (sec.sees(of_region, of_matter, who) or sec.is_new(of_region, of_matter)), false) then
    return null;
  end if;
  insert into number_counter as c (region, year, kind, last) values (of_region, of_year, of_kind, 1)
    on conflict (region, year, kind) do update set last = c.last + 1 returning c.last into drawn;
  return drawn;
end $$;
-- The matter of a code that the caller sees.
create or replace function sec.matter_of(of_code text) returns table (region text, id uuid) language sql stable rows 1 security definer set search_path = pg_catalog, public, pg_temp as
  $$ select c.region, c.matter from matter_code c where c.code = of_code and sec.sees(c.region, c.matter, sec.who()) $$;
-- The codes of matters that were asked for urgently, for those who read the asking: whoever asked typed it, and whoever decides is shown it.
create or replace function sec.codes_asked(accesses uuid[]) returns table (matter uuid, code text) language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select m.id, m.code from urgent_access u join matter m on m.region = u.region and m.id = u.matter cross join (select sec.who() as who) asked
    where u.id = any(accesses) and (asked.who[2] = 'system' or u.asker = asked.who[1] or sec.audits(u.region, asked.who)
      or sec.may_approve(u.region, u.matter, u.asker, asked.who) or sec.sees(u.region, u.matter, asked.who)) $$;
-- Keeps what the secret of a code was made into, once, for whoever has just opened the matter in their own name.
create or replace function sec.keep_secret(of_code text, made text) returns void language sql volatile security definer set search_path = pg_catalog, public, pg_temp as
  $$ update matter_code c set secret_hash = made where c.code = of_code and c.secret_hash is null and exists (select from standing s
    where s.region = c.region and s.matter = c.matter and s.account = (sec.who())[1] and s.is_principal and s.until is null) $$;
-- What the secret of a code was made into, for the sign-in code alone, which is the system and counts who tries; a code that nobody has is no row.
create or replace function sec.secret_of(of_code text) returns table (region text, matter uuid, secret_hash text) language sql stable rows 1 security definer set search_path = pg_catalog, public, pg_temp as
  $$ select c.region, c.matter, c.secret_hash from matter_code c where c.code = of_code and (sec.who())[2] = 'system' $$;
revoke all on function sec.queue_effect(text, text, uuid, bigint), sec.draw_number(text, uuid, int, text), sec.matter_of(text), sec.codes_asked(uuid[]), sec.keep_secret(text, text), sec.secret_of(text) from public;
grant execute on function sec.queue_effect(text, text, uuid, bigint), sec.draw_number(text, uuid, int, text), sec.matter_of(text), sec.codes_asked(uuid[]), sec.keep_secret(text, text), sec.secret_of(text) to fahui_app;

-- The counties under a prefix with open matters, found by stepping through the index: one that was merged away may still have some. Beyond the row
-- policies, since whoever sees one service of many would walk all the others; that a county has work is no secret. ':' follows '9' in ASCII.
create or replace function sec.open_counties(prefix text) returns setof text language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$
  with recursive county (code) as (
    (select m.region from matter m where m.region >= prefix and m.region < prefix || ':' and m.is_open and m.filed_at is not null order by m.region limit 1) union all
    select (select m.region from matter m where m.region > county.code and m.region < prefix || ':' and m.is_open and m.filed_at is not null order by m.region limit 1)
    from county where county.code is not null)
  select code from county where code is not null
$$;
revoke all on function sec.open_counties(text) from public;
grant execute on function sec.open_counties(text) to fahui_app;
revoke all on function sec.seal_of(bigint), sec.is_held(text) from public;
grant execute on function sec.seal_of(bigint), sec.is_held(text) to fahui_app;
revoke all on function sec.colleagues(text, uuid, timestamptz), sec.confined_counts() from public;
grant execute on function sec.colleagues(text, uuid, timestamptz), sec.confined_counts() to fahui_app;
grant execute on function sec.confine_with_parent(text, uuid, jsonb, timestamptz), sec.confine_children(text, uuid, timestamptz, jsonb, timestamptz) to fahui_app;
revoke all on function sec.staff_names(text[]), sec.staff_called(text), sec.provider_accounts(uuid[]), sec.caseloads(text[]), sec.served_other_side(text, uuid), sec.assessment_slices(text, int) from public;

grant usage on schema public, sec to fahui_app;
grant execute on function sec.staff_names(text[]), sec.staff_called(text), sec.provider_accounts(uuid[]), sec.caseloads(text[]), sec.served_other_side(text, uuid), sec.assessment_slices(text, int) to fahui_app;

-- The job library's own tables: it fetches and settles by a login of its own, and the service queues by a function. In earlier versions the service did all of it.
revoke all on schema pgboss from fahui_app, public;
revoke all on all tables in schema pgboss from fahui_app;
revoke all on all functions in schema pgboss from fahui_app;
grant usage on schema pgboss to fahui_jobs;
grant select, insert, update, delete on all tables in schema pgboss to fahui_jobs;
grant execute on all functions in schema pgboss to fahui_jobs;
revoke all on function sec.who(), sec.sits(text, uuid, text[], text[]), sec.sees(text, uuid, text[]), sec.opens(text, uuid, text, boolean, text[]), sec.told(text, uuid, text, text[]), sec.is_new(text, uuid), sec.seats_others(text, uuid, text[]),
  sec.urgently(text, uuid, text[]), sec.may_ask(text, uuid, text[]), sec.asked_for(text), sec.may_approve(text, uuid, text, text[]), sec.confides(text, uuid, text[]), sec.closed_to(text[]), sec.is_closed(text, uuid, text[]), sec.disposes(text, uuid, text, text[]), sec.share_paper(text, uuid, boolean), sec.share_answer(text, uuid, text, boolean) from public;
revoke all on function sec.decide_urgently(text, uuid, numeric, timestamptz), sec.decided_on(text, uuid) from public;
grant execute on function sec.decide_urgently(text, uuid, numeric, timestamptz), sec.decided_on(text, uuid) to fahui_app;
revoke all on function sec.origin_of(uuid), sec.new_administrator_days(text), sec.confirm_flaw(uuid, text, jsonb, text[]) from public;
grant execute on function sec.administers_all(jsonb, text[]), sec.origin_of(uuid), sec.new_administrator_days(text), sec.confirm_flaw(uuid, text, jsonb, text[]) to fahui_app;
grant execute on function sec.urgently(text, uuid, text[]), sec.may_ask(text, uuid, text[]), sec.asked_for(text), sec.may_approve(text, uuid, text, text[]) to fahui_app;
grant execute on function sec.confides(text, uuid, text[]), sec.closed_to(text[]), sec.is_closed(text, uuid, text[]) to fahui_app;
grant execute on function sec.share_paper(text, uuid, boolean), sec.share_answer(text, uuid, text, boolean) to fahui_app;
grant execute on function sec.who(), sec.holds(text, text, uuid, text[]), sec.within(text, text[]), sec.administers(text, text[]), sec.audits(text, text[]), sec.around(text, text[]), sec.keeps(text, text[]),
  sec.covers(text, uuid, text, timestamptz, text[]), sec.sits(text, uuid, text[], text[]), sec.sees(text, uuid, text[]), sec.opens(text, uuid, text, boolean, text[]), sec.told(text, uuid, text, text[]), sec.is_new(text, uuid), sec.seats_others(text, uuid, text[]), sec.works_at(text, uuid, text, timestamptz, text[]), sec.works_on(text, uuid, text[]) to fahui_app;

-- Public records: everyone reads; only staff and the system write, within their region.
grant select on region, day_off, setting, office, practitioner to fahui_app;
grant insert, update on region, day_off, setting, office, practitioner to fahui_app;
-- What was proposed is never rewritten; a change of mind is another draft.
grant select, insert, update (published_by, published_at, withdrawn_by, withdrawn_at) on setting_draft to fahui_app;
grant select, insert, update on replay, replay_slice, replay_flip to fahui_app;
grant select, insert, delete on conflict_fact to fahui_app;

-- Accounts and doors: reached by the system actor, which the sign-in code is, and as far as needed by administrators.
-- A grant is ended, never rewritten nor removed.
grant select, insert, update (valid_to) on duty_grant to fahui_app;
grant select, insert, update on account, one_time_code, enrolment to fahui_app;
-- What was asked for is decided once, and never rewritten.
grant select, insert, update (decided_by, decided_at, is_confirmed) on account_request to fahui_app;
grant select, insert, update, delete on session, passkey, challenge, sign_in_try to fahui_app;
grant delete on one_time_code to fahui_app;
grant select, insert, update, delete on flood_count to fahui_app;
-- Written by `sec.note_filing` alone; the system forgets.
grant select, update (network), delete on filing_source to fahui_app;
grant select, insert, update (address), delete on audit_source to fahui_app;
grant select, insert, update (sent_at, tries, opened_at, token_hash, seen_at, asked_again_at, ended_at, ended_because), delete on seat_link to fahui_app;
-- What a reader keeps for themselves.
grant select, insert, update, delete on saved_filter, notice_mark to fahui_app;
grant select, insert, update, delete on feed to fahui_app;

-- Matters. The log and the audit have no update and no delete, for anyone the service can be.
grant select, insert, update on matter, standing, clock, idempotency, person, assessment, message, lease to fahui_app;
-- Numbers and codes are reached by the functions above; a code is added with its matter.
revoke all on number_counter, matter_code from fahui_app;
grant insert (code, region, matter) on matter_code to fahui_app;
-- What was said is checked and sealed anew, never rewritten; it is shown to another side by `sec.share_answer` alone.
revoke update on answer from fahui_app;
grant select, insert, update (value, verified_by, verified_at, verified_how) on answer to fahui_app;
grant select on clock_fact, outcome_fact to fahui_app;
grant select, insert on event, party, document, audit, audit_seal, collected to fahui_app;
-- What was written there is kept beside them, and erased.
grant select, insert, update (text, salt, erased_at) on said_text to fahui_app;
-- What waits for its place leaves the list with it.
grant select, insert, delete on uncollected to fahui_app;
-- Figures are made anew where a consumer begins again.
grant select, insert, update on watermark to fahui_app;
grant select, insert, update, delete on day_count to fahui_app;
grant select on sequence audit_no_seq to fahui_app;
-- Erasure and retention, which the system alone carries out (see the restrictive policies below).
grant update (name, salt, erased_at, scan_result, asked_scanner_at) on document to fahui_app;
grant delete on answer, assessment, idempotency to fahui_app;
grant select, insert, update, delete on presence to fahui_app;
-- Who may see a confined matter is ended, never rewritten; why it was is kept, until what was said there is erased.
grant select, insert, update (until) on confidant to fahui_app;
grant select, insert, update (reason) on confinement to fahui_app;
-- What was asked is never rewritten: it is decided once, and ended once.
revoke update on urgent_access from fahui_app;
grant select, insert, update (reason, ended_by, ended_at) on urgent_access to fahui_app;
-- What was carried is written by the system, which has the leave in the log, and goes from stage to stage; it is never rewritten.
grant select, insert, update (stage, stage_at) on share to fahui_app;
-- A note is struck out, never rewritten by hand nor removed.
grant select, insert, update (text, struck_at) on note to fahui_app;

do $$
declare t text;
begin
  foreach t in array array['region','day_off','setting','office','practitioner','conflict_fact','account','duty_grant','session','one_time_code',
    'enrolment','account_request','passkey','challenge','sign_in_try','matter','standing','matter_code',
    'event','clock','idempotency','number_counter','person','party','answer','document','assessment','message','audit','audit_seal','collected','uncollected','watermark','day_count','lease',
    'flood_count','filing_source','audit_source','seat_link','saved_filter','notice_mark','feed','presence','note','confidant','confinement','urgent_access','said_text','share',
    'setting_draft','replay','replay_slice','replay_flip'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
  end loop;
  -- The functions of the owner below read these across counties: a conflict of interest does not stop at a border.
  alter table account no force row level security;
  alter table matter no force row level security;
  alter table standing no force row level security;
  alter table event no force row level security;
  alter table party no force row level security;
  alter table person no force row level security;
  alter table assessment no force row level security;
  alter table urgent_access no force row level security;
  alter table confidant no force row level security;
  alter table duty_grant no force row level security;
  alter table collected no force row level security;
  alter table matter_code no force row level security;
  alter table number_counter no force row level security;
  alter table filing_source no force row level security;
  alter table share no force row level security;
  -- And these they change in one column, for whoever holds what is in them.
  alter table answer no force row level security;
  alter table document no force row level security;
  -- Dropping first keeps this file repeatable.
  for t in select format('drop policy %I on %I', policyname, tablename) from pg_policies where schemaname = 'public' loop execute t; end loop;
  drop function if exists sec.sees_matter(text, text, text, text, text, text[]);
  drop function if exists sec.covers(text, text, text[]);
end $$;

-- Open to read: what hangs on the wall of any justice office.
create policy reads on region for select using (true);
create policy reads on day_off for select using (true);
create policy reads on setting for select using (true);
create policy reads on office for select using (true);
create policy reads on practitioner for select using (true);
create policy writes on region using ((select sec.who())[2] = 'system');
create policy writes on day_off using ((select sec.who())[2] = 'system' or sec.within(region, (select sec.who())));
-- A value comes into force through a draft its writer has just published, and `setting_draft` has them be another than its proposer.
create policy writes on setting using ((select sec.who())[2] = 'system' or sec.within(region, (select sec.who())))
  with check ((select sec.who())[2] = 'system' or exists (select from setting_draft d where d.published_by = (select sec.who())[1] and sec.within(d.region, (select sec.who()))
    and d.region = setting.region and d.key = setting.key and d.valid_from = setting.valid_from and d.value = setting.value));
create policy writes on office using ((select sec.who())[2] = 'system' or sec.keeps(region, (select sec.who())));
create policy writes on practitioner using ((select sec.who())[2] = 'system' or sec.keeps(region, (select sec.who())));
-- What an office knows of a provider in a matter is for those who see the matter from the desk's side.
create policy staff on conflict_fact using ((select sec.who())[2] = 'system' or exists (select from matter m where m.region = conflict_fact.region and m.id = conflict_fact.matter
  and (select sec.who())[2] = 'staff' and sec.works_on(m.region, m.id, (select sec.who()))));

-- A draft is seen by staff whose region it lies in, or who lie in its; whoever is above or in its region writes.
create policy sees on setting_draft for select using ((select sec.who())[2] = 'system' or ((select sec.who())[2] = 'staff'
  and (sec.within(region, (select sec.who())) or exists (select from unnest((select sec.who())[4:]) held where held like '%~' || region || '%' or held like '%^' || region || '%'))));
create policy adds on setting_draft for insert with check ((select sec.who())[2] = 'staff' and sec.within(region, (select sec.who())) and proposed_by = (select sec.who())[1]);
create policy edits on setting_draft for update using ((select sec.who())[2] = 'staff' and sec.within(region, (select sec.who())))
  with check (coalesce(published_by, withdrawn_by) = (select sec.who())[1]);
create policy of_region on replay using ((select sec.who())[2] = 'system' or ((select sec.who())[2] = 'staff' and sec.within(region, (select sec.who()))));
create policy of_replay on replay_slice using (exists (select from replay r where r.id = replay_slice.replay));
create policy of_region on replay_flip using ((select sec.who())[2] = 'system' or ((select sec.who())[2] = 'staff' and sec.within(region, (select sec.who()))
  and (region, matter) not in (select c.region, c.matter from sec.closed_to((select sec.who())) c)));

create policy door on account using ((select sec.who())[2] = 'system');
create policy door on duty_grant using ((select sec.who())[2] = 'system');
create policy door on session using ((select sec.who())[2] = 'system');
create policy door on enrolment using ((select sec.who())[2] = 'system');
create policy door on account_request for select using ((select sec.who())[2] = 'system');
create policy door on passkey using ((select sec.who())[2] = 'system');
create policy door on challenge using ((select sec.who())[2] = 'system');
create policy door on flood_count using ((select sec.who())[2] = 'system');
create policy door on sign_in_try using ((select sec.who())[2] = 'system');
create policy door on one_time_code using ((select sec.who())[2] = 'system');
create policy own on feed using (account::text = (select sec.who())[1] or (select sec.who())[2] = 'system');
create policy door on lease using ((select sec.who())[2] = 'system');

-- Administrators see the staff of their region and the providers registered in it, never a citizen. They write nothing but what they ask for, and whether they confirm what
-- another asked for: what was confirmed is carried out by the system (`src/records/accounts/account-requests.ts`).
create policy administers on account for select using (kind <> 'citizen' and (sec.administers(region, (select sec.who()))
  or exists (select from practitioner p where p.id = account.practitioner and sec.administers(p.region, (select sec.who())))));
create policy administers on duty_grant for select using ((select sec.who())[2] = 'administrator' and exists (select from account a where a.id = duty_grant.account));
create policy administers on session for select using ((select sec.who())[2] = 'administrator' and exists (select from account a where a.id = session.account));
create policy administers on passkey for select using ((select sec.who())[2] = 'administrator' and exists (select from account a where a.id = passkey.account));
create policy administers on account_request for select using ((select sec.who())[2] = 'administrator' and exists (select from account a where a.id = account_request.account));
-- Nobody asks for themselves, nor for more than their own region; of an account that is not confirmed, whoever made it asks for that alone.
create policy asks on account_request for insert with check ((select sec.who())[2] = 'administrator' and asked_by = (select sec.who())[1] and account::text <> asked_by and decided_at is null
  and exists (select from account a where a.id = account_request.account and case when a.confirmed_at is null then account_request.kind = 'add' and a.made_by::text = asked_by else account_request.kind <> 'add' end)
  and sec.administers_all(grants, (select sec.who())));
create policy decides on account_request for update using ((select sec.who())[2] = 'administrator' and decided_at is null and account::text <> (select sec.who())[1]
    and exists (select from account a where a.id = account_request.account))
  with check (decided_by = (select sec.who())[1] and (not is_confirmed or sec.confirm_flaw(account, asked_by, grants, (select sec.who())) is null));

-- A matter is seen by those whose work it is, of a confined one by the named among them, and by those who sit at its table. Each look-up is by key: the first only for
-- a row that is confined, the second only for one that the grants do not let through.
create policy sees on matter using ((sec.covers(region, office, line, filed_at, (select sec.who())) and (confined_at is null or sec.confides(region, id, (select sec.who())))) or exists (
  select from standing s where s.region = matter.region and s.matter = matter.id and s.account = (select sec.who())[1] and s.until is null)
  or ((select sec.who())[2] = 'party' and sec.sits(region, id, '{asks,answers}', (select sec.who()))));
-- Where somebody sits is read by themselves, by those who look for a colleague's work, and by whoever sees the matter: who leaves is shut out by whoever sends them away.
create policy sees on standing for select using (account = (select sec.who())[1] or (select sec.who())[2] = 'system'
  or ((select sec.who())[2] = 'staff' and side = 'works' and not sec.is_closed(region, matter, (select sec.who()))) or sec.sees(region, matter, (select sec.who())));
create policy seats on standing for insert with check (sec.seats_others(region, matter, (select sec.who()))
  or (sec.is_new(region, matter) and ((select sec.who())[2] in ('system', 'staff') or account is null or account = (select sec.who())[1])));
create policy leaves on standing for update using (sec.seats_others(region, matter, (select sec.who())));
create policy adds on matter_code for insert with check (exists (select from matter m where m.region = matter_code.region and m.id = matter_code.matter and m.code = matter_code.code));

-- Whatever belongs to a matter is seen by whoever sees the matter.
-- The system sees every matter; asked of each event by itself, that is most of what a consumer of all of them does. PostgreSQL asks the policy that is last by its name first.
create policy sees_all on event for select using ((select sec.who())[2] = 'system');
create policy of_matter on event using (exists (select from matter m where m.region = event.region and m.id = event.id) and sec.told(region, id, holder, (select sec.who())));
-- A step is written in one's own name, or in the system's, whose step on another matter may follow from it at once; never in another person's.
create policy in_own_name on event as restrictive for insert with check ((select sec.who())[2] = 'system' or actor in ((select sec.who())[1], 'system'));
-- Whoever came by a link does what it was sent for, and adds to nothing but their own.
create policy by_link on event as restrictive for insert with check ((select sec.who())[2] <> 'party' or (actor = (select sec.who())[1] and action = any((select sec.who())[5:])));
create policy by_link on answer as restrictive for insert with check ((select sec.who())[2] <> 'party' or (holder = (select sec.who())[1] and not is_shared));
create policy by_link on document as restrictive for insert with check ((select sec.who())[2] <> 'party' or (holder = (select sec.who())[1] and not is_shared));
-- `offset 0` has each clock look its matter up by key: left to itself the planner would hash every matter there is to read one page of a calendar.
create policy of_matter on clock using (exists (select from matter m where m.region = clock.region and m.id = clock.id offset 0));
create policy of_matter on answer using (exists (select from matter m where m.region = answer.region and m.id = answer.matter) and sec.opens(region, matter, holder, is_shared, (select sec.who())));
create policy of_matter on document using (exists (select from matter m where m.region = document.region and m.id = document.matter) and sec.opens(region, matter, holder, is_shared, (select sec.who())));
-- Only a filed matter is assessed, and a filed matter is seen by whoever holds a grant over its county: for them nothing is looked up, since a replay reads a million.
create policy reads on assessment for select using ((sec.within(region, (select sec.who()))
    and (region, matter) not in (select c.region, c.matter from sec.closed_to((select sec.who())) c))
  or exists (select from matter m where m.region = assessment.region and m.id = assessment.matter));
-- The desk proposes, in the name of whoever asked for it, and no proposal is rewritten but for its seal.
create policy adds on assessment for insert with check ((select sec.who())[2] = 'system' or (select sec.who())[2] = 'staff' and made_by = (select sec.who())[1]
  and exists (select from matter m where m.region = assessment.region and m.id = assessment.matter) and sec.opens(region, matter, 'desk', false, (select sec.who())));
create policy edits on assessment for update using ((select sec.who())[2] = 'system');
create policy of_matter on message using (exists (select from matter m where m.region = message.region and m.id = message.matter) and (account = (select sec.who())[1] or sec.opens(region, matter, 'desk', false, (select sec.who()))));
create policy of_matter on party using (exists (select from matter m where m.region = party.region and m.id = party.matter) and sec.opens(region, matter, holder, false, (select sec.who())));
-- A person is added before the matter names them, hence the separate insert.
create policy of_matter on person for select using ((select sec.who())[2] = 'system' or exists (
  select from party p where p.region = person.region and p.person = person.id));
create policy edits on person for update using ((select sec.who())[2] = 'system' or exists (
  select from party p where p.region = person.region and p.person = person.id));
create policy adds on person for insert with check ((select sec.who())[2] not in ('visitor', 'party'));
-- How somebody is reached is written down in one's own name.
create policy in_own_name on person as restrictive for insert with check ((select sec.who())[2] = 'system' or entered_by = (select sec.who())[1]);

-- A link is sent and looked after by those who work on its matter; the door, which is the system, alone says what becomes of it.
create policy door on seat_link using ((select sec.who())[2] = 'system');
create policy desk on seat_link for select using (exists (select from matter m where m.region = seat_link.region and m.id = seat_link.matter
  and sec.works_on(m.region, m.id, (select sec.who())) and sec.opens(m.region, m.id, 'desk', false, (select sec.who()))));
create policy adds on seat_link for insert with check (made_by = (select sec.who())[1] and opened_at is null and token_hash is null and ended_at is null
  and exists (select from matter m where m.region = seat_link.region and m.id = seat_link.matter
    and sec.works_on(m.region, m.id, (select sec.who())) and sec.opens(m.region, m.id, 'desk', false, (select sec.who())))
  and exists (select from standing s where s.region = seat_link.region and s.matter = seat_link.matter and s.seat = seat_link.seat and s.holder = seat_link.holder
    and s.side <> 'works' and s.account is null and s.until is null));

-- Whoever sees a matter sees whether it came in a flood; the system forgets from where.
create policy of_matter on filing_source for select using ((select sec.who())[2] = 'system' or exists (select from matter m where m.region = filing_source.region and m.id = filing_source.matter));
create policy forgets on filing_source for update using ((select sec.who())[2] = 'system');
create policy erases on filing_source for delete using ((select sec.who())[2] = 'system');

create policy own on saved_filter using (account::text = (select sec.who())[1]);
create policy own on notice_mark using (account::text = (select sec.who())[1]);
-- Whoever sees a matter may add to it; only the system takes away.
create policy erases on answer as restrictive for delete using ((select sec.who())[2] = 'system');
create policy erases on assessment as restrictive for delete using ((select sec.who())[2] = 'system');
create policy erases on idempotency as restrictive for delete using ((select sec.who())[2] = 'system');
create policy erases on document as restrictive for update using ((select sec.who())[2] = 'system');
-- Whoever hands a paper in does not say of it that it was looked into.
create policy unjudged on document as restrictive for insert with check (scan_result is null);
-- Who is looking is told to the desk's side alone; each page writes only its own row.
create policy desk on presence for select using (exists (select from matter m where m.region = presence.region and m.id = presence.matter
  and sec.works_on(m.region, m.id, (select sec.who()))));
create policy own on presence using (account = (select sec.who())[1]) with check (exists (select from matter m
  where m.region = presence.region and m.id = presence.matter and sec.works_on(m.region, m.id, (select sec.who()))));
create policy door on presence using ((select sec.who())[2] = 'system');
-- Notes are for staff and the assignee; an officer who is a party to the matter is a party to it, and nothing else.
create policy desk on note for select using ((select sec.who())[2] = 'system' or exists (select from matter m where m.region = note.region and m.id = note.matter
  and sec.works_on(m.region, m.id, (select sec.who())) and sec.opens(m.region, m.id, 'desk', false, (select sec.who()))));
create policy adds on note for insert with check (written_by = (select sec.who())[1] and exists (select from matter m where m.region = note.region and m.id = note.matter
  and sec.works_on(m.region, m.id, (select sec.who())) and sec.opens(m.region, m.id, 'desk', false, (select sec.who()))));
create policy own on note for update using (written_by = (select sec.who())[1] or (select sec.who())[2] = 'system');

-- Who may see a confined matter is read by themselves and by whoever sees it, and changed from the desk's side.
create policy sees on confidant for select using ((account = (select sec.who())[1] and until is null) or sec.sees(region, matter, (select sec.who())));
create policy adds on confidant for insert with check (named_by = (select sec.who())[1] and sec.sees(region, matter, (select sec.who())) and sec.works_on(region, matter, (select sec.who())) and sec.opens(region, matter, 'desk', false, (select sec.who())));
create policy ends on confidant for update using (sec.sees(region, matter, (select sec.who())) and sec.works_on(region, matter, (select sec.who())));
create policy desk on confinement for select using ((select sec.who())[2] = 'system' or sec.sees(region, matter, (select sec.who())) and sec.works_on(region, matter, (select sec.who())));
create policy adds on confinement for insert with check (by = (select sec.who())[1] and sec.sees(region, matter, (select sec.who())) and sec.works_on(region, matter, (select sec.who())));
create policy erases on confinement for update using ((select sec.who())[2] = 'system');

-- Urgent access is read by whoever asked, by those who may decide on it, by whoever sees the matter, its person among them, and by the auditors of the place.
create policy reads on urgent_access for select using ((select sec.who())[2] = 'system' or asker = (select sec.who())[1] or sec.audits(region, (select sec.who()))
  or sec.may_approve(region, matter, asker, (select sec.who())) or sec.sees(region, matter, (select sec.who())));
create policy asks on urgent_access for insert with check (asker = (select sec.who())[1] and is_approved is null and sec.may_ask(region, matter, (select sec.who())));
create policy ends on urgent_access for update using (is_approved and ended_at is null and (asker = (select sec.who())[1] or sec.may_approve(region, matter, asker, (select sec.who()))))
  with check (ended_by = (select sec.who())[1]);
create policy erases on urgent_access for update using ((select sec.who())[2] = 'system');

-- A share is known at both of its ends to those whose words it carries and to the desks; the system alone writes it.
create policy knows on share for select using (sec.knows_share(region, matter, holder, to_region, to_matter, to_holder, (select sec.who())));
create policy carries on share for insert with check ((select sec.who())[2] = 'system');
create policy goes_on on share for update using ((select sec.who())[2] = 'system');

create policy own on idempotency using (actor = (select sec.who())[1] or (select sec.who())[2] = 'system');
-- In one's own name; the system writes for whom it has just let in.
create policy adds on audit for insert with check ((select sec.who())[2] = 'system' or actor = (select sec.who())[1]);
-- Auditors read their region; the officers of a place the history of its register; everyone whom they looked up and what they opened themselves, since there are caps;
-- a person who looked at their own matter; the sealer reads all.
create policy reads on audit for select using ((select sec.who())[2] = 'system'
  or (kind in ('reveal', 'viewMatter', 'download') and actor = (select sec.who())[1])
  or sec.audits(region, (select sec.who()))
  or (kind = 'registerChanged' and sec.around(region, (select sec.who())))
  or exists (select from matter m where m.region = audit.region and m.id = audit.matter));
-- What was written in a step is read by whoever sees the step, what was written in the audit by whoever reads such entries there.
create policy reads on said_text for select using ((select sec.who())[2] = 'system'
  or case when kind = 'event' then exists (select from event e where e.region = said_text.region and e.id = said_text.matter and e.seq = said_text.seq)
    else (kind in ('reveal', 'viewMatter', 'download') and actor = (select sec.who())[1]) or sec.audits(region, (select sec.who()))
      or (kind = 'registerChanged' and sec.around(region, (select sec.who())))
      or exists (select from matter m where m.region = said_text.region and m.id = said_text.matter) end);
create policy adds on said_text for insert with check ((select sec.who())[2] = 'system' or (select sec.who())[2] <> 'visitor' and actor = (select sec.who())[1]);
create policy erases on said_text for update using ((select sec.who())[2] = 'system');
create policy adds on uncollected for insert with check ((select sec.who())[2] <> 'visitor');
-- From where something was done is noted by whoever does it, and read where the audit is.
create policy adds on audit_source for insert with check ((select sec.who())[2] is not null);
create policy reads on audit_source for select using ((select sec.who())[2] = 'system'
  or exists (select from audit a where a.no = audit_source.audit_no and sec.audits(a.region, (select sec.who()))));
create policy erases on audit_source for delete using ((select sec.who())[2] = 'system');
create policy reseals on audit_source for update using ((select sec.who())[2] = 'system');
create policy collects on uncollected using ((select sec.who())[2] = 'system');
create policy collects on collected using ((select sec.who())[2] = 'system') with check ((select sec.who())[2] = 'system');
create policy consumes on watermark using ((select sec.who())[2] = 'system');
-- Figures are for all who work here alike; the rows behind them are asked for where they stand.
create policy reads on day_count for select using ((select sec.who())[2] = 'staff');
create policy counts on day_count using ((select sec.who())[2] = 'system');
create policy reads on audit_seal for select using (true);
create policy adds on audit_seal for insert with check ((select sec.who())[2] = 'system');

-- Whoever came by a link opens nothing, seats nobody, names nobody and writes to nobody; what was said and who somebody is they leave as it is.
do $$
declare t text;
begin
  foreach t in array array['matter', 'matter_code', 'standing', 'party', 'message', 'saved_filter', 'notice_mark', 'feed'] loop
    execute format('create policy by_link on %I as restrictive for insert with check ((select sec.who())[2] <> ''party'')', t);
  end loop;
  foreach t in array array['answer', 'person'] loop
    execute format('create policy kept_by_link on %I as restrictive for update using ((select sec.who())[2] <> ''party'')', t);
  end loop;
end $$;

-- What is of one county or matter stays that one's: nobody rewrites by what a row is found, nor takes it to another place. Accounts, and grants to them, are not of a place but over one.
do $$
declare
  t text;
  its text;
begin
  for t, its in select c.relname, string_agg(quote_ident(a.attname), ', ') filter (where a.attname not in ('region', 'id', 'matter', 'seq')) from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and has_table_privilege('fahui_app', c.oid, 'update') and c.relname <> 'account'
    group by c.relname having bool_or(a.attname = 'region')
  loop
    execute format('revoke update on %I from fahui_app', t);
    execute format('grant update (%s) on %I to fahui_app', its, t);
  end loop;
end $$;
