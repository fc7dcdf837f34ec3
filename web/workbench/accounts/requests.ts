import type { AccountRequest } from '../contract.ts'

/** What each kind of request is called, and what whoever confirms it should look to first. */
export const requests = {
  add: { title: '添加账号', first: '请先核实有这个人，岗位也对。确认后您会拿到开通码的后半，请亲手交给本人。' },
  code: { title: '发新的开通码', first: '请先核实本人还没有开通。确认后您会拿到开通码的后半，请亲手交给本人。' },
  reset: {
    title: '重置验证器',
    first: '请先当面或者打电话向本人核实。确认后旧的密码和验证器作废，您会拿到开通码的后半，请亲手交给本人。',
  },
  rights: { title: '改姓名、岗位或者地区', first: '请先核实新的岗位和地区。确认后马上生效，对方的登录会退出。' },
  open: { title: '恢复使用', first: '请先核实这个人确实回来工作。确认后马上可以登录。' },
} satisfies Record<AccountRequest['kind'], { title: string; first: string }>
