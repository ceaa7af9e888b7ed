import { createHash } from 'node:crypto'
import { type Problem, problem } from '../kernel/problem.ts'
import { isPlain } from '../kernel/text.ts'

const LENGTH = { least: 8, most: 128 } as const

/** 8 to 128 characters that can be printed. */
export function keyFault(key: string): Problem | null {
  const length = [...key].length
  const fits = length >= LENGTH.least && length <= LENGTH.most && isPlain(key) && !/[\p{Cf}\p{Zl}\p{Zp}]/u.test(key)
  if (fits) return null
  return problem('BAD_USER_INPUT', `idempotencyKey has ${LENGTH.least} to ${LENGTH.most} characters, all of them such as can be printed.`, [
    'input',
    'idempotencyKey',
  ])
}

/** Tells inputs apart. Fields come in one order, as the API's own translation writes them. */
export const hashOf = (input: object): Buffer => createHash('sha256').update(JSON.stringify(input)).digest()

export const idempotencyConflict = (what: string, ...path: string[]): Problem =>
  problem('IDEMPOTENCY_CONFLICT', `This ${what} was sent before with another input: give each act one of its own.`, path)
