import { Form, Input } from 'antd'

/** A new password, typed twice. The rules are few and said beforehand; the server adds what it knows. */
export const PasswordFields = () => (
  <>
    <Form.Item
      name="password"
      label="新密码"
      extra="至少 12 个字符，不要带登录名和姓名。一句只有您知道的话就很好。"
      rules={[{ required: true, min: 12, message: '密码至少 12 个字符' }]}
    >
      <Input.Password autoComplete="new-password" maxLength={200} />
    </Form.Item>
    <Form.Item
      name="again"
      label="再填一次"
      dependencies={['password']}
      rules={[
        { required: true, message: '请把密码再填一次' },
        ({ getFieldValue }) => ({
          validator: (_, value: string) =>
            !value || value === getFieldValue('password') ? Promise.resolve() : Promise.reject(new Error('两次填的不一样')),
        }),
      ]}
    >
      <Input.Password autoComplete="new-password" maxLength={200} />
    </Form.Item>
  </>
)
