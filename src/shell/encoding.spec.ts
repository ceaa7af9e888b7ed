import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { decoding } from './encoding.ts'

/** Read in pieces of so many bytes, as from a disk. */
function read(bytes: Buffer, piece: number, encoding: string | null = null): string {
  const decoder = decoding(encoding)
  let text = ''
  for (let at = 0; at < bytes.length; at += piece) text += decoder.write(bytes.subarray(at, at + piece))
  return text + decoder.end()
}

const CHINESE = '订单编号,买家会员名\n3515,小明的店\n'
const LONG = `${'order,'.repeat(30_000)}\n${CHINESE.repeat(5_000)}`

test.each([
  ['UTF-8', 'utf-8'],
  ['GBK', 'gbk'],
])('Chinese in %s is told from its bytes, wherever the pieces are cut', (_, encoding) => {
  for (const piece of [1, 7, 1_000]) expect(read(iconv.encode(CHINESE, encoding), piece)).toBe(CHINESE)
})

test('a long beginning in ASCII settles nothing', () => {
  for (const encoding of ['utf-8', 'gbk']) expect(read(iconv.encode(LONG, encoding), 4_096)).toBe(LONG)
})

test('the marks of UTF-8 and UTF-16 are understood and gone', () => {
  expect(read(iconv.encode(CHINESE, 'utf-8', { addBOM: true }), 5)).toBe(CHINESE)
  expect(read(iconv.encode(CHINESE, 'utf-16le', { addBOM: true }), 5)).toBe(CHINESE)
})

test('what is neither is Western European', () => {
  expect(read(iconv.encode('Café, £5\n', 'windows-1252'), 3)).toBe('Café, £5\n')
})

test('an encoding that is named is taken', () => {
  expect(read(iconv.encode('訂單', 'big5'), 1, 'big5')).toBe('訂單')
})

test('plain ASCII and nothing at all are themselves', () => {
  expect([read(Buffer.from('a,b\n'), 2), read(Buffer.alloc(0), 2)]).toEqual(['a,b\n', ''])
})
