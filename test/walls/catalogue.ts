import { sql, type RawBuilder } from 'kysely'
import type { Db } from '#platform/database/database.ts'
import { definers } from './definers.ts'

type Query = RawBuilder<{ name: string }>
/** What must not be found in the catalogue, and a fault of that kind, by which the rule is seen to find it. */
export type Rule = { title: string; finds: Query; planted: readonly string[] }

/** The names a rule finds. */
export const namesIn = async (db: Db, { finds }: Rule): Promise<string[]> => (await finds.execute(db)).rows.map(({ name }) => name)

const ours = sql`n.nspname in ('public', 'sec', 'pgboss')`
const definer = sql`from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and ${ours}`
const relation = sql`from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${ours}`
/** Nobody is the public alone: what everybody may do stands in the list of privileges under the id 0. */
const toPublic = (acl: string) => sql`exists (select from aclexplode(${sql.ref(acl)}) given where given.grantee = 0)`
const service = sql`unnest(array['fahui_app', 'fahui_jobs']) as service`

export const rules: readonly Rule[] = [
  {
    title: 'a function that runs as the owner says where it looks, and looks among temporary tables last',
    finds: sql`select p.oid::regprocedure::text as name ${definer} and not exists (select from unnest(p.proconfig) c where c like 'search_path=%' and c like '%pg\\_temp')`,
    planted: ['alter function sec.is_held(text) set search_path = public'],
  },
  {
    title: 'a function that runs as the owner is on the list, and does not look through its caller’s eyes at what it hands out',
    finds: sql`select p.proname as name ${definer} and p.proname <> all (${Object.keys(definers)}::text[])`,
    planted: [
      `create function sec.planted() returns bigint language sql security definer set search_path = public, pg_temp as 'select count(*) from matter'`,
    ],
  },
  {
    title: 'a function that runs as the owner is called by nobody but the service',
    finds: sql`select p.oid::regprocedure::text as name ${definer} and (p.proacl is null or ${toPublic('p.proacl')})`,
    planted: ['grant execute on function sec.is_held(text) to public'],
  },
  {
    title: 'a function that runs as the owner is called by the service only where the list says so',
    finds: sql`select p.proname as name ${definer}
      and has_function_privilege('fahui_app', p.oid, 'execute') and p.proname = any (${Object.keys(definers).filter((name) => definers[name] === 'for the others alone')}::text[])`,
    planted: ['grant execute on function sec.confine_as(text, uuid, uuid, jsonb, timestamptz) to fahui_app'],
  },
  {
    title: 'a table the service may touch is under row policies',
    finds: sql`select distinct c.oid::regclass::text as name ${relation} and n.nspname <> 'pgboss' and c.relkind in ('r', 'p') and not c.relrowsecurity
      and (has_any_column_privilege('fahui_app', c.oid, 'select, insert, update') or has_table_privilege('fahui_app', c.oid, 'delete'))`,
    planted: ['alter table note disable row level security'],
  },
  {
    title: 'a view asks the policies of whoever reads it, and none keeps a copy of what it read',
    finds: sql`select c.oid::regclass::text as name ${relation} and (c.relkind = 'm' or c.relkind = 'v' and not coalesce(c.reloptions @> array['security_invoker=true'], false)) and n.nspname <> 'pgboss'`,
    planted: ['create view planted as select * from matter', 'create materialized view planted_copy as select * from matter'],
  },
  {
    title: 'a piece of a divided table is nobody’s by itself',
    finds: sql`select distinct c.oid::regclass::text as name ${relation} and n.nspname <> 'pgboss' and has_any_column_privilege('fahui_app', c.oid, 'select, insert, update')
      and exists (select from pg_inherits i where i.inhrelid = c.oid)`,
    planted: ['create table planted_piece () inherits (note)', 'grant select on planted_piece to fahui_app'],
  },
  {
    title: 'no table is emptied, watched or pointed at by the service, and nothing of ours is everybody’s',
    finds: sql`select distinct c.oid::regclass::text as name ${relation} and c.relkind in ('r', 'p', 'v', 'm', 'S') and (${toPublic('c.relacl')}
      or c.relkind <> 'S' and exists (select from ${service} where has_table_privilege(service, c.oid, 'truncate, trigger, references')))`,
    planted: ['grant truncate on matter to fahui_app', 'grant select on setting to public'],
  },
  {
    title: 'the job library’s login reaches its own tables alone, and the service none of those',
    finds: sql`select distinct c.oid::regclass::text as name ${relation} and c.relkind in ('r', 'p', 'v') and case when n.nspname = 'pgboss'
      then has_schema_privilege('fahui_app', n.oid, 'usage') or has_any_column_privilege('fahui_app', c.oid, 'select, insert, update')
      else has_any_column_privilege('fahui_jobs', c.oid, 'select, insert, update') end`,
    planted: ['grant usage on schema pgboss to fahui_app', 'grant select on matter to fahui_jobs'],
  },
  {
    title: 'nothing is made anywhere: no schema takes anything, nor the database',
    finds: sql`select service || ' in ' || n.nspname as name from pg_namespace n, ${service} where has_schema_privilege(service, n.oid, 'create') and n.nspname !~ '^pg_(toast_)?temp'
      union all select service || ' in the database' from ${service} where has_database_privilege(service, current_database(), 'create, temporary')`,
    planted: ['grant create on schema public to public'],
  },
  {
    title: 'whoever the service is owns nothing, is above nothing, and is a member of its one role',
    finds: sql`with recursive its as (select oid, rolname from pg_roles where rolname in ('fahui_app', 'fahui_jobs', 'fahui_' || current_database(), 'fahui-jobs_' || current_database())),
      owned (owner) as (select relowner from pg_class union select proowner from pg_proc union select nspowner from pg_namespace union select datdba from pg_database union select typowner from pg_type)
      select rolname::text as name from its join pg_roles using (oid, rolname) where rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
      union all select its.rolname || ' owns something' from its where its.oid in (select owner from owned)
      union all select member.rolname || ' is ' || r.rolname from pg_auth_members m join its member on member.oid = m.member join pg_roles r on r.oid = m.roleid
        where (member.rolname, r.rolname) not in (('fahui_' || current_database(), 'fahui_app'), ('fahui-jobs_' || current_database(), 'fahui_jobs'))`,
    planted: ['grant fahui_jobs to fahui_app'],
  },
]
