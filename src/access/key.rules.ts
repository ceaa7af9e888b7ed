import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { Instant } from '../kernel/clock.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isWord } from '../kernel/text.ts'
import type { Key, KeyKind, StaffRole } from './key.model.ts'

const PREFIX = 'regulars'
const SECRET_BYTES = 32

/**
 * A key's text: `regulars_plugin_main_<43 characters, 256 random bits in base64url>_<8 hex digits, CRC-32 of all before>`.
 * The kind and the shop can be read off it; the checksum tells a mistyped key from an unknown one without asking anybody,
 * and lets secret scanners recognise a leaked one.
 */
export function writeSecret(kind: KeyKind, shopCode: string, random: Uint8Array): string {
  if (random.length !== SECRET_BYTES) throw new RangeError(`a key takes ${SECRET_BYTES} random bytes`)
  const body = `${PREFIX}_${kind.toLowerCase()}_${shopCode}_${Buffer.from(random).toString('base64url')}`
  return `${body}_${checksum(body)}`
}

/** Whether a text can be a key at all. A bootstrap key is its owner's own text and has no checksum. */
export function isPlausible(secret: string): boolean {
  if (secret.length > 200) return false
  if (!secret.startsWith(`${PREFIX}_`)) return secret.length >= 32
  const end = secret.lastIndexOf('_')
  return checksum(secret.slice(0, end)) === secret.slice(end + 1)
}

const checksum = (text: string) => crc32(text).toString(16).padStart(8, '0')

/** What is kept of a secret. A fast hash is right here: 256 random bits cannot be guessed, however fast. */
export const hashSecret = (secret: string): Buffer => hash('sha256', secret, 'buffer')

/** Enough to tell keys apart, not enough to use one. */
export const prefixOf = (secret: string): string =>
  secret.startsWith(`${PREFIX}_`) ? secret.slice(0, secret.lastIndexOf('_') - 43 + 6) : secret.slice(0, 4)

export const isOpen = (key: Key, now: Instant): boolean => key.revokedAt === null && (key.expiresAt === null || now < key.expiresAt)

/** Whether someone may make a key: nobody makes one of a higher role than their own. */
export function decideKey(
  wanted: { kind: KeyKind; name: string; role: StaffRole | null; expiresAt: Instant | null },
  maker: StaffRole,
  now: Instant,
): Result<null, Problem> {
  if (!isWord(wanted.name, 100))
    return refuse(problem('BAD_USER_INPUT', 'name must have 1 to 100 printable characters.', ['input', 'name']))
  if (wanted.kind === 'ADMIN' && wanted.role === null)
    return refuse(problem('BAD_USER_INPUT', 'An ADMIN key needs a role: OWNER, MANAGER, MARKETER, SERVICE or ANALYST.', ['input', 'role']))
  if (wanted.kind !== 'ADMIN' && wanted.role !== null)
    return refuse(problem('BAD_USER_INPUT', 'Only ADMIN keys have a role: leave it out.', ['input', 'role']))
  if (wanted.role !== null && HEIGHT[wanted.role] > HEIGHT[maker])
    return refuse(problem('FORBIDDEN', `A key of role ${maker} cannot make one of the higher role ${wanted.role}.`, ['input', 'role']))
  if (wanted.expiresAt !== null && wanted.expiresAt <= now)
    return refuse(problem('BAD_USER_INPUT', 'expiresAt must lie ahead.', ['input', 'expiresAt']))
  return accept(null)
}

const HEIGHT: Record<StaffRole, number> = { OWNER: 3, MANAGER: 2, MARKETER: 1, SERVICE: 1, ANALYST: 1 }
