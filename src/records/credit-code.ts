/** What the first two characters say the body is, as far as this platform meets it. */
export type CreditCodeKind =
  | 'lawFirm'
  | 'notaryOffice'
  | 'grassrootsLegalServiceOffice'
  | 'appraisalInstitution'
  | 'arbitrationCommission'
  | 'otherJustice'
  | 'organ'
  | 'publicInstitution'
  | 'socialOrganisation'
  | 'company'
  | 'other'

/** A unified social credit code (GB 32100-2015). `bodyChecks` is advice only: bodies issued before the standard may fail GB 11714. */
export type CreditCode =
  | {
      readonly ok: true
      readonly code: string
      readonly kind: CreditCodeKind
      readonly division: string
      readonly body: string
      readonly bodyChecks: boolean
    }
  | { readonly ok: false; readonly flaw: 'length' | 'characters' | 'checksum' }

/** Reads a code of 18 characters; lower case is stored upper-case. */
export function parseCreditCode(text: string): CreditCode {
  const code = text.toUpperCase()
  if (code.length !== 18) return { ok: false, flaw: 'length' }
  if (!shape.test(code)) return { ok: false, flaw: 'characters' }
  if (code[17] !== checkCharacter(code)) return { ok: false, flaw: 'checksum' }
  const body = code.slice(8, 17)
  return {
    ok: true,
    code,
    kind: kinds[code.slice(0, 2)] ?? 'other',
    division: code.slice(2, 8),
    body,
    bodyChecks: bodyCheck(body) === body[8],
  }
}

/** The code of a body: department and category ('31' is a law firm), county, eight characters; both checks are computed. For seeds and tests. */
export function composeCreditCode(category: string, division: string, body: string): string {
  const unchecked = category + division + body + bodyCheck(body)
  return unchecked + checkCharacter(unchecked)
}

const kinds: Readonly<Record<string, CreditCodeKind>> = {
  11: 'organ',
  12: 'publicInstitution',
  31: 'lawFirm',
  32: 'notaryOffice',
  33: 'grassrootsLegalServiceOffice',
  34: 'appraisalInstitution',
  35: 'arbitrationCommission',
  39: 'otherJustice',
  51: 'socialOrganisation',
  91: 'company',
}

/** No I, O, S, V or Z, which are easily misread. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const shape = new RegExp(String.raw`^[${alphabet}]{2}\d{6}[${alphabet}]{10}$`)

/** 3^i mod 31 for the i-th character. */
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

function checkCharacter(code: string): string {
  const sum = weights.reduce((total, weight, i) => total + weight * alphabet.indexOf(code.charAt(i)), 0)
  return alphabet.charAt((31 - (sum % 31)) % 31)
}

const bodyWeights = [3, 7, 9, 10, 5, 8, 4, 2]

/** GB 11714: letters count A = 10 … Z = 35; 11 − (sum mod 11), where 10 is X and 11 is 0. */
function bodyCheck(body: string): string {
  const sum = bodyWeights.reduce((total, weight, i) => total + weight * Number.parseInt(body.charAt(i), 36), 0)
  return '0X987654321'.charAt(sum % 11)
}
