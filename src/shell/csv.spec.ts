import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvLines } from './csv.ts'

const readBack = (cells: readonly string[]) => (parse(csvLines([cells])) as string[][])[0]

test('whatever a cell holds, it is read back as it was, or with an apostrophe before it', () => {
  const text = fc.string({ unit: 'grapheme' }).filter((each) => !each.includes('\0'))
  fc.assert(
    fc.property(fc.array(text, { minLength: 2 }), (cells) => {
      const read = readBack(cells)
      expect(read).toHaveLength(cells.length)
      for (const [i, cell] of cells.entries()) expect([cell, `'${cell}`]).toContain(read?.[i])
    }),
  )
})

test.each([
  '=1+1',
  '+1+1',
  '-1+1',
  '-A1',
  '@SUM(A1)',
  '\t=1',
  ' =1',
  '\r=1',
  '\n=1',
  '＝1+1',
  '＋1+1',
  '－A1',
  '＠SUM(A1)',
  '+1 2',
  '-1;2',
])('%j is no formula', (cell) => expect(readBack(['x', cell, 'y'])).toEqual(['x', `'${cell}`, 'y']))

test.each(['+8613800138000', '-5.00', '-1,234.50', '0012', 'a=1', '林梅', ''])('%j stands as it is', (cell) =>
  expect(readBack(['x', cell])).toEqual(['x', cell]),
)
