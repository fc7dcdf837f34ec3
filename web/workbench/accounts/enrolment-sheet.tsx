import { Button, Modal } from 'antd'
import type { EnrolmentCode } from '../contract.ts'
import { inFours, QrCode } from '../ui/qr-code.tsx'
import { basePath, paths } from '../frame/paths.ts'
import { timeOf } from '../ui/time.ts'

/** What the person is handed: shown once, printed if need be. */
export function EnrolmentSheet({ sheet: { user, code, expiresAt }, close }: { sheet: EnrolmentCode; close(): void }) {
  const page = `${window.location.origin}${basePath}${paths.enrol}`
  return (
    <Modal
      open
      title="开通码"
      onCancel={close}
      footer={[
        <Button key="print" onClick={() => window.print()}>
          打印
        </Button>,
        <Button key="close" type="primary" onClick={close}>
          我已交给本人
        </Button>,
      ]}
    >
      <div className="sheet">
        <p>{`请把这一页交给${user.name}本人。关掉以后不再显示。`}</p>
        <p className="aside">登录名</p>
        <p className="secret">{user.login}</p>
        <p className="aside">开通码</p>
        <p className="secret">{inFours(code)}</p>
        <p className="aside">开通网址</p>
        <p className="secret small">{`${page}#${code}`}</p>
        <QrCode text={`${page}#${code}`} label="开通网址二维码" />
        <p>{`只能用一次，${timeOf(expiresAt)} 前有效。`}</p>
      </div>
    </Modal>
  )
}
