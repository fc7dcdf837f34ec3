/** For whom a function that runs as the owner is: the service calls it, or only functions that have asked already. */
type For = 'the service' | 'for the others alone'

/** Every function that runs as the owner. Each asks `sec.who()` itself, but for those that only say yes or no of what their caller is told to be, since row policies ask them. */
export const definers: Readonly<Record<string, For>> = {
  who: 'the service',

  // Yes or no, of a matter whose id the asker has.
  sits: 'the service',
  sees: 'the service',
  opens: 'the service',
  told: 'the service',
  is_new: 'the service',
  seats_others: 'the service',
  urgently: 'the service',
  confides: 'the service',
  is_closed: 'the service',
  closed_to: 'the service',
  may_ask: 'the service',
  may_approve: 'the service',
  disposes: 'for the others alone',
  knows_share: 'the service',

  // What is told beyond the row policies, and to whom.
  asked_for: 'the service',
  decided_on: 'the service',
  codes_asked: 'the service',
  matter_of: 'the service',
  secret_of: 'the service',
  staff_names: 'the service',
  staff_called: 'the service',
  provider_accounts: 'the service',
  caseloads: 'the service',
  served_other_side: 'the service',
  through_share: 'the service',
  share_stage: 'the service',
  colleagues: 'the service',
  confined_counts: 'the service',
  open_counties: 'the service',
  assessment_slices: 'the service',
  seal_of: 'the service',
  is_held: 'the service',
  flood_since: 'the service',
  origin_of: 'the service',
  new_administrator_days: 'the service',
  confirm_flaw: 'the service',

  // What is changed so, and by nobody in another way.
  decide_urgently: 'the service',
  share_paper: 'the service',
  share_answer: 'the service',
  confine_with_parent: 'the service',
  confine_children: 'the service',
  confine_as: 'for the others alone',
  queue_effect: 'the service',
  draw_number: 'the service',
  keep_secret: 'the service',
  note_filing: 'the service',
}
