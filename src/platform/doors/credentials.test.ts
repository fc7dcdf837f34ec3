import { performance } from 'node:perf_hooks'
import { parseOptions } from '@node-rs/argon2'
import * as fc from 'fast-check'
import { TOTP } from 'otpauth'
import { describe, expect, test } from 'vitest'
import * as credentials from './credentials.ts'

const { hashPassword, verifyPassword, passwordFlaw, verifyTotp, newMatterCode, isMatterCode } = credentials

describe('staff passwords', () => {
  test('the right one is accepted, a wrong one is not, and the stored text never repeats', async () => {
    const [one, two] = [await hashPassword('清晨的山路很安静吗是的呀'), await hashPassword('清晨的山路很安静吗是的呀')]
    expect(one).not.toBe(two)
    expect(await verifyPassword(one, '清晨的山路很安静吗是的呀')).toBe(true)
    expect(await verifyPassword(one, '清晨的山路很安静吗是的')).toBe(false)
  })

  test('each is stored as argon2id at 19 MiB and two passes', async () => {
    expect(await hashPassword('correct horse battery')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(parseOptions(await hashPassword('x'))).toMatchObject({ memoryCost: 19456, timeCost: 2, parallelism: 1, outputLen: 32 })
  })

  test('a password typed on a full-width keyboard is the same password', async () => {
    expect(await verifyPassword(await hashPassword('Abcdef123456'), 'Ａｂｃｄｅｆ１２３４５６')).toBe(true)
  })

  test('an unknown login is answered no, and as slowly as a known one', async () => {
    const stored = await hashPassword('correct horse battery')
    expect(await verifyPassword(null, 'correct horse battery')).toBe(false)
    const [known, unknown] = [await medianMs(() => verifyPassword(stored, 'wrong')), await medianMs(() => verifyPassword(null, 'wrong'))]
    expect(unknown).toBeGreaterThan(known / 3)
  })

  test.each([
    ['wangfang', '十一个字的密码不够长', 'password.tooShort'],
    ['wangfang', 'abcdefghijk', 'password.tooShort'],
    ['wangfang', 'abcdefghijkl', null],
    ['wangfang', '我今天在山路上看见一匹马', null],
    ['wangfang', '2026-WangFang-ok', 'password.containsLogin'],
    ['wangfang', 'ＷａｎｇＦａｎｇ2026', 'password.containsLogin'],
    ['wangfang', '😀😀😀😀😀😀', 'password.tooShort'],
    ['wangfang', 'demo-fahui-2026', 'password.common'],
  ])('for %s, %j is judged %j', (login, password, flaw) => {
    expect(passwordFlaw(login, password)).toBe(flaw)
  })
})

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < 9; run++) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return times.toSorted((a, b) => a - b)[4] ?? 0
}

const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const at = (seconds: number): Date => new Date(seconds * 1000)
const codeOf = (step: number): string => new TOTP({ secret }).generate({ timestamp: step * 30_000 })

describe('authenticator codes', () => {
  test.each([
    [59, '287082', 1],
    [1111111109, '081804', 37037036],
    [20000000000, '353130', 666666666],
  ])('the published code for second %i is accepted (RFC 6238, Appendix B)', (seconds, code, step) => {
    expect(verifyTotp(secret, code, at(seconds), null)).toBe(step)
  })

  test('a code is good once', () => {
    expect(verifyTotp(secret, '081804', at(1111111109), 37037035)).toBe(37037036)
    expect(verifyTotp(secret, '081804', at(1111111109), 37037036)).toBeNull()
    expect(verifyTotp(secret, '081804', at(1111111115), 37037036)).toBeNull()
  })

  test('one step early or late is allowed, two are not', () => {
    const accepted = [-2, -1, 0, 1, 2].map((delta) => verifyTotp(secret, codeOf(5000 + delta), at(5000 * 30 + 15), null))
    expect(accepted).toEqual([null, 4999, 5000, 5001, null])
  })

  test('blanks and full-width digits are understood; anything else is wrong', () => {
    expect(verifyTotp(secret, '２８７ ０８２', at(59), null)).toBe(1)
    for (const code of ['', '28708', '2870822', 'abcdef', '-87082', '287082\0']) expect(verifyTotp(secret, code, at(59), null)).toBeNull()
  })

  test('a new secret has 160 bits and is what the app scans', () => {
    const fresh = credentials.newTotpSecret()
    expect(fresh).toMatch(/^[A-Z2-7]{32}$/)
    const uri = new URL(credentials.totpUri('wangfang', fresh))
    expect([uri.protocol, uri.host, uri.searchParams.get('secret'), uri.searchParams.get('issuer')]).toEqual([
      'otpauth:',
      'totp',
      fresh,
      '法惠',
    ])
    expect(decodeURIComponent(uri.pathname)).toBe('/法惠:wangfang')
  })
})

describe('tokens and one-time codes', () => {
  test('a token has 256 bits, never repeats and is stored as its SHA-256', () => {
    const tokens = Array.from({ length: 1000 }, credentials.newToken)
    expect(new Set(tokens).size).toBe(1000)
    expect(Buffer.from(tokens[0] ?? '', 'base64url')).toHaveLength(32)
    expect(credentials.hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })

  test('a one-time code has six digits, the small ones with their zeros', () => {
    expect(credentials.newCode(() => 42)).toBe('000042')
    expect(credentials.newCode()).toMatch(/^\d{6}$/)
    expect(credentials.hashCode('０００042', 's')).toBe(credentials.hashCode('000042', 's'))
    expect(credentials.hashCode('000042', 's')).not.toBe(credentials.hashCode('000042', 't'))
  })

  test('stored hashes are compared whole', () => {
    expect(credentials.isSameHash('abcd', 'abcd')).toBe(true)
    expect([credentials.isSameHash('abcd', 'abce'), credentials.isSameHash('abcd', 'abc')]).toEqual([false, false])
  })
})

describe('what a person without a login holds', () => {
  const alphabet = Array.from('23456789ABCDEFGHJKMNPQRSTUVWXYZ')
  const draw = fc.infiniteStream(fc.nat(30)).map((stream) => () => stream.next().value)
  const code = draw.map((drawn) => newMatterCode(drawn))

  test('the secret has eight characters, none of which can be taken for another', () => {
    for (let i = 0; i < 500; i++) expect(credentials.newMatterSecret()).toMatch(/^[2-9A-HJKMNP-Z]{8}$/)
  })

  test('every matter code we give out is one', () => {
    fc.assert(fc.property(code, (given) => given.length === 10 && isMatterCode(given)))
    for (let i = 0; i < 500; i++) expect(isMatterCode(newMatterCode())).toBe(true)
  })

  test('any one wrong character is noticed', () => {
    fc.assert(
      fc.property(code, (given) => {
        const oneWrong = Array.from(given).flatMap((right, at) =>
          alphabet.filter((letter) => letter !== right).map((letter) => given.slice(0, at) + letter + given.slice(at + 1)),
        )
        expect([oneWrong.length, oneWrong.filter(isMatterCode)]).toEqual([300, []])
      }),
    )
  })

  test('any two characters exchanged are noticed, neighbours or not', () => {
    fc.assert(
      fc.property(code, fc.nat(9), fc.nat(9), (given, one, other) => {
        fc.pre(given[one] !== given[other])
        const letters = Array.from(given)
        ;[letters[one], letters[other]] = [given.charAt(other), given.charAt(one)]
        expect(isMatterCode(letters.join(''))).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  test('what is not written as we write it is not a matter code', () => {
    const given = newMatterCode(() => 20)
    for (const text of ['', given.slice(1), `${given}2`, given.toLowerCase(), ` ${given}`, '0000000000', '法'.repeat(10)])
      expect([text, isMatterCode(text)]).toEqual([text, false])
  })
})
