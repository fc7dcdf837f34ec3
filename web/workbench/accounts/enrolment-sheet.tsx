import { Button, Modal } from 'antd'
import type { EnrolmentHalf } from '../contract.ts'
import { inFours, QrCode } from '../ui/qr-code.tsx'
import { basePath, paths } from '../frame/paths.ts'
import { timeOf } from '../ui/time.ts'

/** What each of the two is called, and what whoever holds it must know. */
const halves = {
  first: { title: '开通码前半', other: '后半由来确认的另一位账号管理员交给本人。没有确认以前，账号不能用。' },
  second: { title: '开通码后半', other: '前半由提出的那位账号管理员交给本人。' },
} satisfies Record<EnrolmentHalf['which'], { title: string; other: string }>

/** One half of a code, for one of two people to hand over: nobody but the person ever holds both. Printed if need be. */
export function EnrolmentSheet({ sheet: { user, half, which, expiresAt }, close }: { sheet: EnrolmentHalf; close(): void }) {
  const page = `${window.location.origin}${basePath}${paths.enrol}`
  const { title, other } = halves[which]
  const link = which === 'first' ? `${page}#${half}` : page
  return (
    <Modal
      open
      title={title}
      onCancel={close}
      footer={[
        <Button key="print" onClick={() => window.print()}>
          打印
        </Button>,
        <Button key="close" type="primary" onClick={close}>
          我会亲手交给本人
        </Button>,
      ]}
    >
      <div className="sheet">
        <p>{`请把这一页亲手交给${user.name}本人，不要交给另一位管理员。${other}`}</p>
        <p className="aside">登录名</p>
        <p className="secret">{user.login}</p>
        <p className="aside">{title}</p>
        <p className="secret">{inFours(half)}</p>
        <p className="aside">开通网址</p>
        <p className="secret small">{link}</p>
        <QrCode text={link} label="开通网址二维码" />
        <p>{expiresAt ? `只能用一次，${timeOf(expiresAt)} 前有效。` : '确认以后三天内有效，只能用一次。'}</p>
      </div>
    </Modal>
  )
}
