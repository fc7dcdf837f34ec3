import { Form, Input } from 'antd'

/** The six digits of the authenticator. */
export const TotpField = ({ label = '动态口令' }: { label?: string }) => (
  <Form.Item
    name="totp"
    label={label}
    extra="手机验证器上的 6 位数字，每 30 秒换一次"
    normalize={(typed: string) => typed.normalize('NFKC').replaceAll(/\D/g, '')}
    rules={[{ required: true, len: 6, message: '动态口令是 6 位数字' }]}
  >
    <Input autoComplete="one-time-code" inputMode="numeric" maxLength={6} />
  </Form.Item>
)
