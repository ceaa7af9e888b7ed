import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Memory, slot } from './memory.ts'

// What opens somebody else's door (a mail server's password) is kept encrypted, under a key that is not in the database.

const IV_BYTES = 12
const TAG_BYTES = 16

/** Of `about` (whose secret it is) the sealed text is good for nothing else. */
export type Seal = {
  readonly close: (secret: string, about: string) => Buffer
  /** Null where it was sealed under another key, for something else, or was changed. */
  readonly open: (sealed: Buffer, about: string) => string | null
}

const SEAL = slot<{ seal: () => Seal | null }>(() => ({ seal: () => null }))

/** Said once by whoever starts a process. */
export const useSeal = (memory: Memory, seal: () => Seal | null): void => {
  memory.of(SEAL).seal = seal
}

/** Null where nobody gave this process a key: then nothing can be sealed or opened. */
export const sealOf = (memory: Memory): Seal | null => memory.of(SEAL).seal()

/** AES-256-GCM under a key derived from `secret` (HKDF with SHA-256): nonce, tag, text. */
export function sealUnder(secret: string | Uint8Array): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'regulars/seal/1', 32))
  return {
    close: (text, about) => {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about, 'utf8'))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), sealed])
    },
    open: (sealed, about) => {
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
          .setAAD(Buffer.from(about, 'utf8'))
          .setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
        return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')
      } catch {
        return null
      }
    },
  }
}

/** The key of an embedded database: a file beside it that only its owner reads, made when it is first needed. */
export function sealInFolder(folder: string): () => Seal {
  let made: Seal | null = null
  return () => {
    made ??= sealUnder(folder.startsWith('memory:') ? randomBytes(32) : keyIn(folder))
    return made
  }
}

function keyIn(folder: string): Buffer {
  const file = path.join(folder, 'regulars.key')
  mkdirSync(folder, { recursive: true })
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
}
