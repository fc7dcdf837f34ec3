import type { paths } from '../../web/workbench/frame/paths.ts'
import {
  accountDialog,
  addingWithErrors,
  authenticator,
  bulk,
  candidates,
  checkingFact,
  confining,
  confirming,
  deed,
  enrolment,
  first,
  formWithErrors,
  keysHelp,
  listOpen,
  menu,
  noted,
  own,
  pdfShown,
  picked,
  pictureShown,
  proposing,
  proving,
  refusedAtTheDoor,
  registerWithErrors,
  replayed,
  revealed,
  revealing,
  savingFilter,
  sealed,
  search,
  secondHalf,
  setting,
  sheet,
  submitted,
  subscribing,
  unreadable,
  user,
  withdrawing,
  type DeskAt,
} from './desk-at.ts'
import { linkSent, linkToSend, readingBack, sayingFor, takingIn, takingInWithErrors } from './desk-taking-in.ts'

/** One thing to look at: the route it is on, who opens it, and how. `part` is the file of what opens over the page. */
export type View = {
  route: keyof typeof paths | 'lost'
  what: string
  part?: string
  who?: string
  show(desk: DeskAt): Promise<unknown>
}

const [director, reviewer, intake, mediation] = ['chengdong.director', 'chengdong.reviewer', 'chengdong.intake', 'chengdong.mediation']
const [manager, auditor, administrator] = ['qinghai.manager', 'qinghai.auditor', 'qinghai.administrator']

/** Everything the workbench shows. What names no one is seen before signing in. */
export const views: readonly View[] = [
  { route: 'signIn', what: 'sign-in', show: ({ open }) => open('/sign-in', 'h1') },
  { route: 'signIn', what: 'sign-in, nothing filled in', show: submitted('/sign-in', '登录') },
  { route: 'signIn', what: 'sign-in refused', show: refusedAtTheDoor },
  { route: 'enrol', what: 'enrolment', show: ({ open }) => open('/enrol', 'h1') },
  { route: 'enrol', what: 'enrolment, nothing filled in', show: submitted('/enrol', '继续') },
  { route: 'enrol', what: 'enrolment with a code', who: administrator, show: enrolment },

  ...(['today', 'risk', 'unassigned', 'waiting', 'all'] as const).map((purpose): View => ({
    route: 'queue',
    what: `queue ${purpose}`,
    who: director,
    show: ({ open }) => open(`/?purpose=${purpose}`, 'tbody a'),
  })),
  { route: 'queue', what: 'queue, empty', who: intake, show: ({ open }) => open('/?purpose=today&line=objection&due=late', '.empty') },
  { route: 'queue', what: 'queue, narrowed', who: director, show: ({ open }) => open('/?purpose=all&line=legal-aid&due=7', '.chip') },
  { route: 'queue', what: 'queue, a filter kept', part: 'saved-filters.tsx', who: director, show: savingFilter },
  { route: 'queue', what: 'queue, a list open', who: director, show: listOpen },
  { route: 'queue', what: 'queue, a row picked', who: director, show: picked },
  { route: 'queue', what: 'queue, many done at once', part: 'bulk-drawer.tsx', who: director, show: bulk },
  { route: 'queue', what: 'queue that could not be read', who: director, show: unreadable },
  { route: 'queue', what: 'search', part: 'search-box.tsx', who: director, show: search('') },
  { route: 'queue', what: 'search with results', part: 'search-box.tsx', who: director, show: search('城东') },
  { route: 'queue', what: 'search without', part: 'search-box.tsx', who: director, show: search('没有的词') },
  { route: 'queue', what: 'the keys', part: 'keys-help.tsx', who: director, show: keysHelp },
  { route: 'queue', what: 'the menu', who: director, show: menu },
  { route: 'queue', what: 'what is one’s own', part: 'frame-who.tsx', who: director, show: own },

  ...['submitted', 'assigned', 'granted', 'received', 'replacing', 'supplementing', 'concluded', 'handling', 'refused', 'refusalSent'].map(
    (state): View => ({ route: 'matter', what: `matter ${state}`, who: director, show: ({ matter }) => matter(state) }),
  ),
  { route: 'matter', what: 'matter filed', who: 'chengdong.bureau', show: ({ matter }) => matter('filed') },
  {
    route: 'matter',
    what: 'matter that is not theirs to read',
    who: 'qinghai.manager',
    show: first('/?purpose=all', 'tbody th a', '.matter-main h2'),
  },
  { route: 'matter', what: 'matter, a form', part: 'action-drawer.tsx', who: director, show: ({ matter }) => matter('submitted', 'ask') },
  {
    route: 'matter',
    what: 'matter, a form refused',
    part: 'action-drawer.tsx',
    who: director,
    show: ({ matter }) => matter('submitted', 'refuse'),
  },
  { route: 'matter', what: 'matter, a form with errors', part: 'action-drawer.tsx', who: director, show: formWithErrors },
  { route: 'matter', what: 'matter, whom to send', part: 'action-drawer.tsx', who: director, show: candidates },
  { route: 'matter', what: 'matter, a picture', part: 'document-preview.tsx', who: director, show: pictureShown },
  { route: 'matter', what: 'matter, a PDF', part: 'document-preview.tsx', who: reviewer, show: pdfShown },
  { route: 'matter', what: 'matter, why one looks', part: 'masked-value.tsx', who: director, show: revealing },
  { route: 'matter', what: 'matter, a fact checked', part: 'fact-check.tsx', who: director, show: checkingFact },
  { route: 'matter', what: 'matter, confined to whom', part: 'matter-confined.tsx', who: director, show: confining },
  { route: 'matter', what: 'matter, shown in full', who: director, show: revealed },
  { route: 'matter', what: 'matter, a link to send', part: 'matter-links.tsx', who: mediation, show: linkToSend },
  { route: 'matter', what: 'matter, a letter with a link', part: 'matter-links.tsx', who: mediation, show: linkSent },
  { route: 'matter', what: 'matter, what somebody says', part: 'say-for.tsx', who: mediation, show: sayingFor },
  { route: 'matter', what: 'matter, a telephone read back', part: 'prove-phone.tsx', who: mediation, show: readingBack },
  { route: 'matter', what: 'matter, a note written', who: reviewer, show: noted },
  {
    route: 'matter',
    what: 'matter of a provider',
    who: 'chengdong.lawyer1',
    show: first('/?purpose=all', 'tbody th a', '.matter-main h2'),
  },
  {
    route: 'matter',
    what: 'matter that is not there',
    who: director,
    show: ({ open }) => open(`/matters/630102/${nowhere}`, '[role=alert]'),
  },

  { route: 'calendar', what: 'calendar by weeks', who: director, show: ({ open }) => open('/calendar', '.days') },
  { route: 'calendar', what: 'calendar by months', who: director, show: ({ open }) => open('/calendar?view=month', '.days') },
  { route: 'calendar', what: 'calendar, subscribing', part: 'calendar-feeds.tsx', who: director, show: subscribing },

  { route: 'directory', what: 'directory of people', who: director, show: ({ open }) => open('/directory', 'tbody a') },
  { route: 'directory', what: 'directory of offices', who: director, show: ({ open }) => open('/directory?of=offices', '.list a') },
  { route: 'directory', what: 'directory, nobody', who: director, show: ({ open }) => open('/directory?q=没有这个人', '.empty') },
  { route: 'person', what: 'person', who: director, show: first('/directory', 'tbody th a', '#history') },
  { route: 'person', what: 'person, form with errors', who: director, show: registerWithErrors },
  { route: 'office', what: 'office', who: director, show: first('/directory?of=offices', '.list a', '#history') },
  { route: 'takeIn', what: 'taking in', who: mediation, show: ({ open }) => open('/take-in', '.choosing button') },
  { route: 'takeIn', what: 'taking in, a form', who: mediation, show: takingIn },
  { route: 'takeIn', what: 'taking in, a form with errors', who: mediation, show: takingInWithErrors },
  { route: 'measures', what: 'measures', who: director, show: ({ open }) => open('/measures', 'tbody') },
  { route: 'urgent', what: 'urgent access', who: director, show: ({ open }) => open('/urgent', 'form') },
  { route: 'notices', what: 'notices', who: director, show: ({ open }) => open('/notices', '.notices a') },
  { route: 'notices', what: 'no notices', who: manager, show: ({ open }) => open('/notices', '.notices, .empty') },

  { route: 'settings', what: 'settings', who: manager, show: ({ open }) => open('/settings', 'tbody a') },
  { route: 'settings', what: 'a setting', part: 'setting-drawer.tsx', who: manager, show: setting },
  { route: 'settings', what: 'a change proposed', part: 'setting-drawer.tsx', who: manager, show: proposing },
  { route: 'draft', what: 'draft with its replay', who: manager, show: replayed },
  { route: 'draft', what: 'draft, asked once more', part: 'setting-draft-page.tsx', who: manager, show: withdrawing },

  { route: 'account', what: 'account', who: director, show: ({ open }) => open('/account', '#look') },
  { route: 'account', what: 'account, another password', part: 'account-keys.tsx', who: director, show: accountDialog('改密码') },
  { route: 'account', what: 'account, another authenticator', part: 'account-keys.tsx', who: director, show: authenticator },
  { route: 'account', what: 'account, who is here', part: 'proof.tsx', who: director, show: proving },

  { route: 'users', what: 'users', who: administrator, show: ({ open }) => open('/users', 'tbody a') },
  { route: 'users', what: 'users, one', part: 'user-panel.tsx', who: administrator, show: user },
  { route: 'users', what: 'users, why', part: 'user-panel.tsx', who: administrator, show: deed('停用') },
  { route: 'users', what: 'users, other duties', part: 'user-form.tsx', who: administrator, show: deed('改岗位或者地区') },
  { route: 'users', what: 'users, adding with errors', part: 'user-form.tsx', who: administrator, show: addingWithErrors },
  { route: 'users', what: 'users, the sheet', part: 'enrolment-sheet.tsx', who: administrator, show: sheet },
  { route: 'users', what: 'users, one that waits for me', part: 'user-panel.tsx', who: 'qinghai.administrator2', show: confirming },
  { route: 'users', what: 'users, the second half', part: 'enrolment-sheet.tsx', who: 'qinghai.administrator2', show: secondHalf },
  { route: 'audit', what: 'audit', who: auditor, show: ({ open }) => open('/audit', 'tbody a') },
  { route: 'audit', what: 'audit, seals checked', who: auditor, show: sealed },
  { route: 'lost', what: 'no such page', who: director, show: ({ open }) => open('/nowhere', 'h1') },
]

const nowhere = '01890000-0000-7000-8000-000000000000'
