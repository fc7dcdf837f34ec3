import { z } from 'zod'

const declared = new WeakSet<z.core.$ZodType>()

/** Declares a field in which people write what they like, names and numbers among it: the log keeps its digest alone, and the words are erased with the rest. To be called last, since each further step of a schema makes another. */
export function freeText<T extends z.ZodType>(field: T): T {
  declared.add(field)
  return field
}

/** Whether people write what they like in a field. */
export const isFreeText = (field: z.core.$ZodType): boolean => declared.has(bare(field))

/** A value with each free text of it replaced, as its schema says where those are. */
export function withWords(schema: z.core.$ZodType, value: unknown, replace: (words: string) => string): unknown {
  const its = bare(schema)
  if (declared.has(its)) return typeof value === 'string' ? replace(value) : value
  if (its instanceof z.ZodArray && Array.isArray(value)) return value.map((one) => withWords(its.element, one, replace))
  if (!(its instanceof z.ZodObject) || typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, its.shape[name] ? withWords(its.shape[name], one, replace) : one]),
  )
}

/** Where a schema takes any text at all and does not say so: neither a choice, nor a date, an id or a pattern, nor declared as free text. */
export function undeclaredText(schema: z.core.$ZodType, path = ''): string[] {
  const its = bare(schema)
  if (declared.has(its)) return []
  if (its instanceof z.ZodObject)
    return Object.entries(its.shape).flatMap(([name, one]) => undeclaredText(one, path ? `${path}.${name}` : name))
  if (its instanceof z.ZodArray) return undeclaredText(its.element, path)
  if (its instanceof z.ZodUnion) return its.options.flatMap((one) => undeclaredText(one, path))
  const isOpen = its instanceof z.ZodString ? its.format === null : anything.some((kind) => its instanceof kind)
  return isOpen ? [path] : []
}

const anything = [z.ZodAny, z.ZodUnknown, z.ZodRecord, z.ZodMap]

/** The schema beneath what makes it optional. */
function bare(schema: z.core.$ZodType): z.core.$ZodType {
  const isWrapped =
    schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault || schema instanceof z.ZodReadonly
  return isWrapped && !declared.has(schema) ? bare(schema.unwrap()) : schema
}
