import { z } from 'zod'
import { personalInformation } from '#registry/statutes.ts'
import type { Setting } from '#kernel/setting.ts'
import { personal, retentionSettings } from '#records/privacy/retention.ts'
import { floodSettings } from './flood-settings.ts'

/** What the records leave to the provinces to set, each with a cautious default; stored like every dated setting. */
export const recordSettings = {
  /** How many different people one officer may look up in full in a day. The law asks for access rights without a number: ours is four times what a busy window needs. */
  'reveal.dailyPersons': {
    title: { zh: '每人每天可查看完整信息的人数', en: 'People an officer may look up in full a day' },
    group: personal,
    schema: z.int().positive().max(1000),
    default: 60,
    unit: 'persons',
    why: { zh: '每名工作人员每天可查看完整信息的人数上限', en: 'How many people an officer may look up in full in a day' },
    article: personalInformation(51),
  },
  /** How many different matters one officer may open in a day. Ours is seven times the forty files of a busy desk. */
  'opening.dailyMatters': {
    title: { zh: '每人每天可打开的事项数', en: 'Matters an officer may open a day' },
    group: personal,
    schema: z.int().positive().max(5000),
    default: 300,
    unit: 'matters',
    why: {
      zh: '每名工作人员每天可打开的事项数上限，到一半时告知审计人员',
      en: 'How many matters an officer may open in a day; auditors hear of half of it',
    },
    article: personalInformation(51),
  },
  /** How long a matter that is closed to somebody is opened to them on a second person's word. Ours is half a working day. */
  'urgentAccess.hours': {
    title: { zh: '紧急查阅一次多久', en: 'How long an urgent access lasts' },
    group: personal,
    schema: z.int().positive().max(24),
    default: 4,
    unit: 'hours',
    why: { zh: '紧急查阅批准后可以看多少小时', en: 'For how many hours an urgent access is open once approved' },
    article: personalInformation(51),
  },
  /** How long whoever is new among the administrators confirms nothing that others ask for. Ours is a week: time enough to notice an account nobody knows of. The database counts it (`sec.new_administrator_days`). */
  'accounts.newAdministratorDays': {
    title: { zh: '新的账号管理员几天后才能确认', en: 'Days before a new administrator confirms' },
    group: personal,
    schema: z.int().positive().max(90),
    default: 7,
    unit: 'calendarDays',
    why: {
      zh: '账号管理员开通后，过多少天才能确认别人提出的账号变动',
      en: 'For how many days a new administrator confirms nothing that another asked for',
    },
    article: personalInformation(51),
  },
  /** Who looked is told a day later, so that nobody is warned while a wrong look is being followed up (TRUST §3.6). */
  'readings.delayHours': {
    title: { zh: '有人看过信息，多久以后告诉本人', en: 'When a person is told who looked' },
    group: personal,
    schema: z.int().nonnegative().max(168),
    default: 24,
    unit: 'hours',
    why: { zh: '有人看过您的信息，过多少小时告诉您', en: 'Hours until a person is told who looked' },
    article: personalInformation(44),
  },
  /** By when a desk that was sent somebody says whether it takes over. Ours is short: meanwhile nobody works on it. */
  'referral.answerDays': {
    title: { zh: '转来的事几个工作日内答复', en: 'Working days to answer a referral' },
    group: personal,
    schema: z.int().positive().max(30),
    default: 3,
    unit: 'workingDays',
    why: { zh: '法律没有写转来的事几天内答复接不接收', en: 'The law sets no days within which a referral is answered' },
    article: personalInformation(23),
  },
  /** How long a one-time link may be opened. Ours is a week: a letter takes some days, and a weekend may lie between. */
  'links.lifeDays': {
    title: { zh: '一次性链接几天内有效', en: 'Days a one-time link may be opened' },
    group: personal,
    schema: z.int().positive().max(30),
    default: 7,
    unit: 'calendarDays',
    why: {
      zh: '寄给没有账号的当事人的链接，几天内可以打开，法律没有写',
      en: 'For how many days a link sent to a party without an account may be opened; the law sets none',
    },
    article: personalInformation(51),
  },
  ...floodSettings,
  ...retentionSettings,
} as const satisfies Record<string, Setting>
