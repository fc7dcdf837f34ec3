import type { AuditRow } from '../contract.ts'
import { requests } from './requests.ts'

/** What each kind of audit line is called, in the order it is offered. */
export const auditKinds: Readonly<Record<string, string>> = {
  viewMatter: '打开事项',
  reveal: '查看完整信息',
  download: '下载材料',
  manyOpened: '一天打开的事项偏多',
  factVerified: '核实了情况',
  factUnverified: '取消了核实',
  phoneProved: '核对了电话',
  shared: '给对方看了',
  unshared: '不再给对方看',
  confinement: '限定知悉',
  urgentAccess: '紧急查阅',
  oneTimeLink: '一次性链接',
  signIn: '登录',
  signInFailed: '登录没成功',
  signOut: '退出',
  accountChanged: '账号变动',
  settingChanged: '修改设定',
  reopened: '凭查询码找回',
  keyRotated: '更换密钥',
  backedUp: '做了备份',
  restored: '从备份恢复',
  keyDestroyed: '销毁旧密钥',
  erased: '删除个人信息',
  partErased: '删除一方的个人信息',
}

/** What happened to an account. */
const changes: Readonly<Record<string, string>> = {
  added: '添加了账号',
  rights: '改了岗位或者地区',
  disabled: '停用了账号',
  enabled: '恢复了账号',
  sessionsEnded: '让所有登录退出',
  codeMade: '发了开通码',
  enrolled: '开通了账号',
  asked: '提出，等第二个人确认',
  confirmed: '第二个人确认了',
  declined: '没有同意',
  withdrawn: '撤回了提出的事',
  resetAsked: '申请重置验证器',
  resetApproved: '同意重置验证器',
  resetRefused: '没有同意重置，或者撤回了申请',
  password: '改了密码',
  authenticator: '换了验证器',
  passkeyAdded: '添加了通行密钥',
  passkeyRemoved: '删除了通行密钥',
}

const requestTitles: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(requests).map(([kind, { title }]) => [kind, title]),
)
const urgentSteps: Readonly<Record<string, string>> = { asked: '提出', approved: '批准', declined: '没有批准', ended: '提前结束' }
const linkChanges: Readonly<Record<string, string>> = { sent: '寄出', withdrawn: '收回', opened: '打开', tries: '填错太多次，作废' }
const confinements: Readonly<Record<string, string>> = { confined: '只让指定的人看', renamed: '换了能看的人', opened: '不再限定' }
const reasons: Readonly<Record<string, string>> = {
  danger: '有人身危险，或者有人可能打听',
  minor: '涉及未成年人',
  privacy: '涉及隐私',
  relation: '当事人是同事，或者和同事有关系',
  parent: '随引出它的那件事',
  safety: '有人可能有危险',
  deadline: '期限要过了',
  complaint: '核查投诉或者差错',
  absence: '能看的人都不在岗了',
}
const fields: Readonly<Record<string, string>> = { name: '姓名', idNumber: '身份证号', phone: '电话', address: '住址' }
const doors: Readonly<Record<string, string>> = { password: '密码和动态口令', passkey: '通行密钥', enrolment: '开通码' }

const word = (table: Readonly<Record<string, string>>, key: unknown): string => table[String(key)] ?? ''

/** What a kind's detail says, as far as it can be said without values. */
const sentences: Readonly<Record<string, (row: AuditRow) => string>> = {
  reveal: ({ detail }) => word(fields, detail.field),
  signIn: ({ detail }) => word(doors, detail.by),
  signInFailed: ({ accountName }) => (accountName ? '有人用这个账号，没有证明是本人' : '没有这个账号'),
  urgentAccess: ({ detail }) => [word(urgentSteps, detail.step), word(reasons, detail.because)].filter(Boolean).join('：'),
  confinement: ({ detail }) => [word(confinements, detail.change), word(reasons, detail.because)].filter(Boolean).join('：'),
  oneTimeLink: ({ detail }) => word(linkChanges, detail.change),
  accountChanged: ({ detail, accountName }) =>
    [word(changes, detail.change), word(requestTitles, detail.kind), accountName].filter(Boolean).join('：'),
}

/** A line of the audit in words. */
export const auditWords = (row: AuditRow): string => [auditKinds[row.kind] ?? '其他', sentences[row.kind]?.(row)].filter(Boolean).join('，')

/** Who a line is of. */
export const whoOf = ({ who, whoName, kind }: AuditRow): string =>
  whoName ?? (who !== 'system' ? '群众' : kind === 'signInFailed' ? '不知道是谁' : '系统')
