import { CODE_LENGTH, CODE_LETTERS } from './coupon.model.ts'

/** The largest multiple of the alphabet's size that a byte holds: bytes from there on would favour the first letters. */
const FAIR = 256 - (256 % CODE_LETTERS.length)

/** So many codes of 58 random bits each, from a source of random bytes. */
export function makeCodes(count: number, random: (bytes: number) => Uint8Array): string[] {
  const wanted = count * CODE_LENGTH
  const letters: string[] = []
  while (letters.length < wanted)
    for (const byte of random(Math.ceil((wanted - letters.length) * 1.2)))
      if (byte < FAIR) letters.push(CODE_LETTERS.charAt(byte % CODE_LETTERS.length))
  const text = letters.join('')
  return Array.from({ length: count }, (_, i) => text.slice(i * CODE_LENGTH, (i + 1) * CODE_LENGTH))
}
