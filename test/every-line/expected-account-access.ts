import { over } from '#kernel/actor.ts'
import { colleague } from '#test/planted.ts'
import { administrators, elsewhere, everyone, officers, only, providers, reasonFor, type Rule } from '#test/roles.ts'
import { under, type Scene } from '#test/scene.ts'
import { county } from '#test/world.ts'

/** Whoever holds a key to the desk, about themselves. */
const holders = only(...providers, ...officers, ...elsewhere, ...administrators)
const toldNo =
  (rule: Rule): Rule =>
  (role) =>
    rule(role) === 'ok' ? 'reason' : rule(role)
const assertion = { id: 'x', rawId: 'x', type: 'public-key', response: {} }
/** One's own account. */
export const accounts: Record<string, Scene> = {
  'account.read': under(holders),
  'account.prove': under((role) => (holders(role) === 'ok' ? 'sign in' : holders(role)), { asks: { password: 'x', totp: '000000' } }),
  'account.endSessions': under(holders, { asks: { id: null } }),
  'account.password': under(holders, { asks: { password: 'a sentence only they know' } }),
  'account.beginAuthenticator': under(holders, { asks: {} }),
  'account.authenticator': under(toldNo(holders), { asks: { sealed: 'x', totp: '000000' } }),
  'enrolment.open': under(() => 'reason', { asks: { code: '23456789ABCDEFGHJKMN' } }),
  'enrolment.enrol': under(() => 'reason', {
    asks: { code: '23456789ABCDEFGHJKMN', password: 'a sentence only they know', totp: '000000' },
  }),
  'passkey.ask': under(everyone, { asks: {} }),
  'passkey.signIn': under(() => 'sign in', { asks: { response: assertion } }),
  'passkey.askProof': under(holders, { asks: {} }),
  'passkey.prove': under((role) => (holders(role) === 'ok' ? 'sign in' : holders(role)), { asks: { response: assertion } }),
  'passkey.begin': under(holders, { asks: {} }),
  'passkey.add': under((role) => (holders(role) === 'ok' ? 'sign in' : holders(role)), { asks: { name: '钥匙', response: assertion } }),
  'passkey.remove': under(holders, { asks: { id: 'x' } }),
  'preference.read': under(holders),
  'preference.set': under(holders, { asks: { theme: 'dark' } }),
}

/** What is done to a colleague of 城东区; an administrator of another province has never heard of them. */
const toColleague = (expected: Rule, asks: Record<string, unknown> | null = {}): Scene => under(expected, { path: { id: colleague }, asks })
const here = only('administrator')
/** What administrators do. */
export const users: Record<string, Scene> = {
  'user.list': under(only(...administrators)),
  'user.read': toColleague(here, null),
  'user.add': under(reasonFor(here, 'distantAdministrator'), {
    asks: {
      id: '0190a000-0000-7000-8000-00000000ad01',
      login: 'new.colleague',
      name: '演示新人',
      grants: over(county, 'intake'),
      practitioner: null,
    },
  }),
  'user.rights': toColleague(here, {
    name: '演示同事',
    grants: over(county, 'intake'),
    seen: { grants: over(county, 'intake') },
  }),
  'user.disable': toColleague(here, { reason: '已经调离' }),
  'user.enable': toColleague(here),
  'user.endSessions': toColleague(here),
  // It waits to be opened again: nothing else is asked for it meanwhile.
  'user.code': toColleague(toldNo(here)),
  'user.askReset': toColleague(toldNo(here), { reason: '手机丢了' }),
  'user.confirm': toColleague(toldNo(here), { request: colleague }),
  'user.decline': toColleague(toldNo(here), { request: colleague }),
}
