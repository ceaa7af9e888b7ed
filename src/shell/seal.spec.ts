import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sealInFolder, sealUnder } from './seal.ts'

test('what was sealed is opened under the same key and for the same thing, and nothing of it can be read or changed', () => {
  const [seal, other] = [sealUnder('k'.repeat(32)), sealUnder('o'.repeat(32))]
  fc.assert(
    fc.property(fc.string({ minLength: 8 }), fc.nat(), (secret, at) => {
      const sealed = seal.close(secret, 'provider/1/mail')
      expect(sealed.includes(secret)).toBe(false)
      expect(seal.open(sealed, 'provider/1/mail')).toBe(Buffer.from(secret, 'utf8').toString('utf8'))
      expect(seal.open(sealed, 'provider/2/mail')).toBeNull()
      expect(other.open(sealed, 'provider/1/mail')).toBeNull()
      const changed = Buffer.from(sealed)
      changed[at % changed.length] = (changed[at % changed.length] ?? 0) ^ 1
      expect(seal.open(changed, 'provider/1/mail')).toBeNull()
    }),
  )
  expect(seal.open(Buffer.alloc(3), 'provider/1/mail')).toBeNull()
  expect(seal.close('same', 'a').equals(seal.close('same', 'a'))).toBe(false)
})

test('beside an embedded database the key is a file that nobody else reads, and stays the same', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'regulars-seal-'))
  try {
    const sealed = sealInFolder(folder)().close('secret', 'a')
    expect(statSync(path.join(folder, 'regulars.key')).mode & 0o777).toBe(0o600)
    expect(sealInFolder(folder)().open(sealed, 'a')).toBe('secret')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
