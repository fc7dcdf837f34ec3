import type { z } from 'zod'
import { citeText } from '#kernel/cite.ts'
import { Refusal, no } from '#kernel/refusal.ts'
import { Facts } from './facts.ts'
import { assess, whatWouldChange } from './means.ts'
import { defaultSettings } from '../settings.ts'
import type { Step } from './trace.ts'

/** Assesses the facts in a JSON text under the default settings and prints the assessment, articles as text. An unknown or wrong field is refused by its path. */
export function runEligible(json: string): string {
  const assessment = assess(parseFacts(json), defaultSettings)
  const { urgent, steps, refusalGrounds } = assessment
  return JSON.stringify(
    {
      ...assessment,
      urgent: { ...urgent, steps: written(urgent.steps) },
      steps: written(steps),
      refusalGrounds: written(refusalGrounds),
      whatWouldChange: whatWouldChange(assessment),
    },
    null,
    2,
  )
}

const written = (steps: readonly Step[]) => steps.map((step) => ({ ...step, article: citeText(step.article) }))

function parseFacts(json: string): Facts {
  const parsed = Facts.safeParse(parseJson(json))
  if (parsed.success) return parsed.data
  throw refusalAt(parsed.error.issues.flatMap(pathsOf))
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw refusalAt(['(not JSON)'])
  }
}

const pathsOf = (issue: z.core.$ZodIssue): string[] =>
  issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key].join('.')) : [issue.path.join('.') || '(facts)']

/** Names the fields only: a value could be personal data. */
function refusalAt(fields: string[]): Refusal {
  const refusal = new Refusal(no('invalid', { fields }))
  refusal.message = `invalid: ${fields.join(', ')}`
  return refusal
}
