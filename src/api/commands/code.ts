import { TOTP } from 'otpauth'
import { demoTotpSecret } from '../../../seed/demo-accounts.ts'

/** Prints the six digits a demo account's authenticator would show now. */
export async function run(): Promise<void> {
  process.stdout.write(`${new TOTP({ secret: demoTotpSecret }).generate()}\n`)
}
