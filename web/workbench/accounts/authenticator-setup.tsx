import { inFours, QrCode } from '../ui/qr-code.tsx'
import { TotpField } from './totp-field.tsx'

/** What the person's phone takes in: a picture to scan, the same as letters, and the code that proves it worked. */
export const AuthenticatorSetup = ({ uri, secret }: { uri: string; secret: string }) => (
  <div className="authenticator">
    <QrCode text={uri} label="验证器二维码" />
    <div>
      <p>用手机上的验证器扫这张图。</p>
      <p className="aside">扫不了的，在验证器里选“手动输入”，填这一串：</p>
      <p className="secret">{inFours(secret)}</p>
    </div>
    <TotpField label="手机上显示的动态口令" />
  </div>
)
