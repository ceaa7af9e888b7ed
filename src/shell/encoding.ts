import iconv from 'iconv-lite'

export type Decoding = { readonly write: (bytes: Buffer) => string; readonly end: () => string }

/** How much is looked at, from the first byte on that is no ASCII, before the encoding is settled. */
const LOOK_AT_BYTES = 64 * 1024

/** Bytes into text, piece by piece. Without a name the encoding is the one that the bytes look like. */
export function decoding(name: string | null): Decoding {
  if (name !== null) return iconvDecoding(name)
  let settled: Decoding | null = null
  let held: Buffer = Buffer.alloc(0)
  const settle = () => {
    settled = iconvDecoding(guess(held))
    return settled.write(held)
  }
  return {
    write: (bytes) => {
      if (settled !== null) return settled.write(bytes)
      held = Buffer.concat([held, bytes])
      const first = held.findIndex((byte) => byte > 0x7f)
      if (first >= 0) return held.length - first < LOOK_AT_BYTES ? '' : settle()
      const text = held.toString('latin1')
      held = Buffer.alloc(0)
      return text
    },
    end: () => (settled === null ? settle() : '') + (settled?.end() ?? ''),
  }
}

function iconvDecoding(name: string): Decoding {
  const decoder = iconv.getDecoder(name)
  return { write: (bytes) => decoder.write(bytes), end: () => decoder.end() ?? '' }
}

/** UTF-8 where the bytes are that; else Chinese exports are GBK (read as its superset GB18030), and what is not even that Western European. */
function guess(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  try {
    // Streaming, so that a last character cut in two is no fault.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return 'utf-8'
  } catch {
    return iconv.decode(bytes, 'gb18030').slice(0, -1).includes('\ufffd') ? 'windows-1252' : 'gb18030'
  }
}
