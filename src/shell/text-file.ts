import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import iconv from 'iconv-lite'
import { decoding } from './encoding.ts'

/** A file cannot be read as what it should be; the message says why. */
export class FileFault extends Error {}

export type TextFile = {
  /** Bytes as they lie on the disk. */
  readonly size: number
  /** Its lines, many at a time and none kept; `onRead` hears how many of the bytes are read. */
  readonly lines: (onRead?: (bytes: number) => void) => AsyncGenerator<readonly string[]>
}

const LONGEST_LINE = 4_000_000

/** A text, plain or gzipped (its first bytes tell), in the encoding named, else in the one that its bytes look like. */
export async function openTextFile(path: string, encoding: string | null): Promise<TextFile> {
  if (encoding !== null && !iconv.encodingExists(encoding))
    throw new FileFault(`There is no encoding "${encoding}": utf-8 and gbk are usual.`)
  const { size } = await stat(path)
  const zipped = await isGzip(path)
  return { size, lines: (onRead) => linesOf(path, zipped, encoding, onRead ?? (() => {})) }
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await file.close()
  }
}

async function* linesOf(path: string, zipped: boolean, encoding: string | null, onRead: (bytes: number) => void) {
  const file = createReadStream(path, { highWaterMark: 64 * 1024 })
  const bytes: Readable = zipped ? pipeline(file, createGunzip({ chunkSize: 64 * 1024 }), () => {}) : file
  const decoder = decoding(encoding)
  let rest = ''
  try {
    for await (const chunk of bytes) {
      const lines = (rest + decoder.write(chunk as Buffer)).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > LONGEST_LINE) throw new FileFault(`${path} has a line of more than ${LONGEST_LINE} characters: it is no CSV.`)
      onRead(file.bytesRead)
      if (lines.length > 0) yield lines.map(withoutReturn)
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code?.startsWith('Z_')) throw new FileFault(`${path} begins like a gzip file, but is damaged or cut off.`)
    throw error
  }
  const last = (rest + decoder.end()).split('\n').map(withoutReturn)
  if (last.length > 1 || last[0] !== '') yield last
}

const withoutReturn = (line: string) => (line.endsWith('\r') ? line.slice(0, -1) : line)
