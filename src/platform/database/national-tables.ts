/**
 * The tables that are not divided by region, or have a key without it, each with the reason. A database that is one day divided by province keeps them whole:
 * reference data is copied everywhere, accounts and doors stand in one place, and each part does its own bookkeeping. Every other table names
 * `region` in each of its keys.
 */
export const nationalTables = {
  region: 'The divisions themselves: a few thousand rows of reference data, the same everywhere.',

  account: 'A person is one person in the whole country: they sign in before it is known which counties their matters are in.',
  session: 'A session is its account’s, and is found by the token alone.',
  challenge: 'A passkey answers before it is known whose it is.',
  passkey: 'A passkey is its account’s, and is found by the id the device sends.',
  one_time_code: 'A code is sent to a number that may belong to nobody yet.',
  sign_in_try: 'Tries are counted by what was typed, whether or not there is such a login.',
  flood_count: 'Knocks are counted before it is known which county anybody means.',
  enrolment: 'A code opens one account, and whoever has it has not signed in.',
  account_request: 'Two administrators decide on an account, which is national.',
  duty_grant: 'A grant is read with its account at sign-in; its region says where it holds, not where it is kept.',
  saved_filter: 'An officer’s own way of looking follows their account.',
  notice_mark: 'What somebody has read follows their account.',
  feed: 'A calendar is found by its token, and shows all its account works on.',

  matter_code: 'The code is typed without a place: this is the one list that says in which county its matter is.',

  setting_draft: 'Drafts of standards are few, and one of a province, or of the whole country, reaches into many counties.',
  replay: 'A replay is of one draft, over every county the draft reaches.',
  replay_slice: 'A slice is a stretch of assessments in the order of their ids, which runs over several counties.',

  audit: 'One numbered record for all that is sealed in one chain; sign-in and accounts leave entries of no county.',
  audit_source: 'Beside the audit, under its numbers.',
  audit_seal: 'The seals of one database make one chain.',
  collected: 'One order over all that this database wrote: its seals and its feed go by it.',
  uncollected: 'What waits for its place in that order.',
  watermark: 'How far each consumer has come in that order.',
  lease: 'A lease says which process of this database does the work.',
  kysely_migration: 'How far this database has been brought forward.',
  kysely_migration_lock: 'That one process at a time brings this database forward.',
  'sec.context_key': 'The key by which this database knows who is asking.',
  'sec.effect_kind': 'Which effects the services of this version declare.',
  'sec.key_mark': 'Which keys the values of this database are sealed under.',
  'sec.plan_hash': 'What this database was last made from.',
} as const satisfies Record<string, string>
