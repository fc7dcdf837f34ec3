import { at as atOffice, over, type Actor, type Grant } from '#kernel/actor.ts'
import { hashPassword } from '#platform/doors/credentials.ts'
import type { Tx } from '#platform/tx.ts'
import { addStaff, findAccountByLogin } from '#records/accounts/accounts.ts'
import { askToAdd } from '#records/accounts/staff.ts'
import { idOf, madeUp } from './demo-ids.ts'
import {
  bureauOf,
  centreOf,
  committeeOf,
  counties,
  countyOf,
  officeOf,
  practitionerId,
  type DemoCounty,
  type DemoLawyer,
} from './demo-places.ts'

/** One password and one authenticator secret for every demo account: they are printed for whoever tries the platform out, and exist in no other mode. */
export const demoPassword = 'demo-fahui-2026'
export const demoTotpSecret = 'FAHUIFAHUIFAHUIFAHUIFAHUIFAHUI23'

export type DemoAccount = {
  id: string
  login: string
  title: string
  name: string
  kind: 'staff' | 'provider'
  grants: readonly Grant[]
  practitioner?: string
}

const staff = (login: string, title: string, name: string, ...grants: Grant[]): DemoAccount => ({
  id: idOf(`account/${login}`),
  login,
  title,
  name: madeUp(name),
  kind: 'staff',
  grants,
})

const window = ['马文秀', '张海英', '索南措', '金美兰']
const review = ['王审之', '魏生莲', '扎西东珠', '孙丽华']
const direct = ['郭主任', '李主任', '尕藏主任', '崔主任']

/** Only an objection, which the window takes in for the bureau. */
const objections = (grants: Grant[]): Grant[] => grants.map((grant) => ({ ...grant, lines: ['objection'] }))
/** What the centre does, which the bureau looks into where somebody objects or a limit passes. */
const legalAid = (grants: Grant[]): Grant[] =>
  grants.map((grant) => ({ ...grant, lines: ['legal-aid', 'criminal-notice', 'data-request', 'consultation'] }))

const countyStaff = counties.flatMap((county, at) => {
  const { login, name, region } = county
  const [centre, bureau] = [centreOf(county), bureauOf(county)]
  return [
    staff(
      `${login}.intake`,
      `${name}法律援助中心 窗口受理`,
      window[at] ?? '',
      ...atOffice(centre, 'intake'),
      ...objections(atOffice(bureau, 'intake')),
    ),
    staff(`${login}.reviewer`, `${name}法律援助中心 审查`, review[at] ?? '', ...atOffice(centre, 'reviewer')),
    staff(`${login}.director`, `${name}法律援助中心 主任`, direct[at] ?? '', ...atOffice(centre, 'director')),
    staff(
      `${login}.mediation`,
      `${name}人民调解委员会`,
      ['祁守和', '马福安', '才让吉', '佟玉兰'][at] ?? '',
      ...atOffice(committeeOf(county), 'intake', 'director'),
    ),
    staff(
      `${login}.bureau`,
      `${name}司法局 异议审查`,
      ['白局', '铁局', '华局', '于局'][at] ?? '',
      ...atOffice(bureau, 'supervisor'),
      ...legalAid(over(region, 'supervisor')),
    ),
  ]
})

const above = [
  staff('xining.supervisor', '西宁市司法局 督办', '白玉明', ...over('6301', 'supervisor')),
  staff('guoluo.supervisor', '果洛州司法局 督办', '周加', ...over('6326', 'supervisor')),
  staff('shenyang.supervisor', '沈阳市司法局 督办', '高文华', ...over('2101', 'supervisor')),
  staff('qinghai.manager', '青海省司法厅 管理', '何敬之', ...over('63', 'manager')),
  staff('qinghai.manager2', '青海省司法厅 管理（第二人）', '卓玛吉', ...over('63', 'manager')),
  staff('qinghai.auditor', '青海省司法厅 审计', '丁一鸣', ...over('63', 'auditor')),
  staff('qinghai.administrator', '青海省司法厅 账号管理', '祁连海', ...over('63', 'administrator')),
  staff('qinghai.administrator2', '青海省司法厅 账号管理', '卓玛措', ...over('63', 'administrator')),
  staff('qinghai.hotline', '青海省 12348 热线', '祁玉梅', { duty: 'intake', region: '63', office: null, lines: ['consultation'] }),
  staff('liaoning.manager', '辽宁省司法厅 管理', '蒋立群', ...over('21', 'manager')),
  staff('liaoning.auditor', '辽宁省司法厅 审计', '沈念慈', ...over('21', 'auditor')),
]

const kindTitles = { lawyer: '律师', grassrootsLegalWorker: '基层法律服务工作者', agencyStaff: '法律援助机构人员' }

const provider = (county: DemoCounty, lawyer: DemoLawyer, at: number): DemoAccount => {
  const login = `${county.login}.lawyer${at + 1}`
  return {
    id: idOf(`account/${login}`),
    login,
    title: `${county.name} ${kindTitles[lawyer.kind]}${noteOf(lawyer)}`,
    name: madeUp(lawyer.name),
    kind: 'provider',
    grants: [],
    practitioner: practitionerId(county, lawyer),
  }
}

const mediator = (county: DemoCounty, name: string, at: number): DemoAccount => {
  const login = `${county.login}.mediator${at + 1}`
  return {
    id: idOf(`account/${login}`),
    login,
    title: `${county.name} ${at ? '兼职' : '专职'}人民调解员`,
    name: madeUp(name),
    kind: 'provider',
    grants: [],
    practitioner: practitionerId(county, { name }),
  }
}

const noteOf = ({ suspendedDaysAgo, leftBenchDaysAgo }: DemoLawyer): string =>
  suspendedDaysAgo ? '（停业中）' : leftBenchDaysAgo ? '（离任法官未满二年）' : ''

/** Every account of the demo that signs in with a password. */
export const demoAccounts: readonly DemoAccount[] = [
  ...countyStaff,
  ...above,
  ...counties.flatMap((county) => county.lawyers.map((lawyer, at) => provider(county, lawyer, at))),
  ...counties.flatMap((county) => county.mediators.map((name, at) => mediator(county, name, at))),
]

/** Adds the accounts that are not there yet. The one password is hashed once: its salt protects nothing here. */
export async function addDemoAccounts(tx: Tx): Promise<void> {
  const passwordHash = await hashPassword(demoPassword)
  for (const { title: _, ...account } of demoAccounts)
    if (!(await findAccountByLogin(tx, account.login))) await addStaff(tx, { ...account, passwordHash, totpSecret: demoTotpSecret })
}

const newcomer = idOf('account/chengdong.newcomer')

/** Somebody the second administrator asked for, who waits for the first to confirm them. What was decided since stays as it is. */
export async function askForNewcomer(tx: Tx): Promise<void> {
  const known = await tx.db.selectFrom('account').select('id').where('id', '=', newcomer).executeTakeFirst()
  if (known) return
  const centre = centreOf(countyOf('630102'))
  await askToAdd(tx, {
    id: newcomer,
    kind: 'staff',
    login: 'chengdong.newcomer',
    name: madeUp('韩秀梅'),
    grants: atOffice(centre, 'intake'),
  })
}

const byLogin = new Map(demoAccounts.map((account) => [account.login, account]))

/** The actor behind a demo login. */
export function demoActor(login: string): Actor {
  const { id, kind, grants } = byLogin.get(login)! // stories name only logins of the list
  return { id, kind, grants }
}

/** The nth practitioner of a county, with the account and office an assignment records. */
export function demoProvider(region: string, at: number): { actor: Actor; practitioner: string; office: string } {
  const county = countyOf(region)
  const lawyer = county.lawyers[at]! // cases name only lawyers of their county
  return {
    actor: demoActor(`${county.login}.lawyer${at + 1}`),
    practitioner: practitionerId(county, lawyer),
    office: officeOf(county, lawyer),
  }
}
