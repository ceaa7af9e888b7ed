import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvLines } from '../shell/csv.ts'
import { clean } from './cell.rules.ts'
import { CsvReader, delimiterOf, splitCells } from './csv.rules.ts'

const cellsOf = (text: string, width: number) => {
  const reader = new CsvReader(',', width, 1)
  return [...reader.read(text.split('\n')), ...reader.end()].map(({ line, cells, raw }) => [line, cells ?? raw])
}

describe('the cells of a row', () => {
  test.each([
    ['a,b,c', ['a', 'b', 'c']],
    ['', ['']],
    [',', ['', '']],
    ['"a,b",c', ['a,b', 'c']],
    ['"say ""hi""",', ['say "hi"', '']],
    ['="0012",x', ['0012', 'x']],
    ['"=""0012""",x', ['="0012"', 'x']],
    ['5" disk,x', ['5" disk', 'x']],
    ['"a"b,c', ['ab', 'c']],
    ['a,"b', 'OPEN'],
    ['a,"b""', 'OPEN'],
  ])('%s', (row, cells) => expect(splitCells(row, ',')).toEqual(cells))

  const cell = fc.string({ unit: fc.constantFrom('a', '7', ' ', ',', '"', '\n', '=', "'", '中') })
  test('are what was written', () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
        const split = splitCells(csvLines([cells]).slice(0, -2), ',')
        if (split === 'OPEN') throw new Error('a quote is open')
        expect(split).toHaveLength(cells.length)
        expect(split.map(clean)).toEqual(cells.map(clean))
      }),
    )
  })

  test('are what the usual reader of CSV makes of well-formed rows', () => {
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 20 }), (rows) => {
        fc.pre(rows.every((cells) => cells.every((one) => !one.startsWith('="')) && cells.join('') !== ''))
        const text = rows.map((cells) => csvLines([cells]).slice(0, -2)).join('\n')
        expect(cellsOf(text, 2).map(([, cells]) => cells)).toEqual(parse(text, { relax_quotes: true }))
      }),
    )
  })
})

describe('the rows of a file', () => {
  test('know their lines, over cells of several lines and empty ones', () => {
    expect(cellsOf('1,2\n"a\nb",c\n\n3,4', 2)).toEqual([
      [1, ['1', '2']],
      [2, ['a\nb', 'c']],
      [5, ['3', '4']],
    ])
  })

  test('lose only the one in which a quote is never closed', () => {
    const text = ['1,2', '"3,4', ...Array.from({ length: 300 }, (_, i) => `${i},x`)].join('\n')
    const rows = cellsOf(text, 2)
    expect(rows[1]).toEqual([2, '"3,4'])
    expect(rows).toHaveLength(302)
  })

  test('lose only the one in which a quote is closed by that of a later row', () => {
    expect(cellsOf('1,2\n"3,4\n5,"6"\n7,8', 2)).toEqual([
      [1, ['1', '2']],
      [2, '"3,4'],
      [3, ['5', '6']],
      [4, ['7', '8']],
    ])
  })

  test('come as soon as they are whole, however the lines come', () => {
    const reader = new CsvReader(',', 2, 10)
    expect(reader.read(['1,"a'])).toEqual([])
    expect(reader.read(['b"']).map(({ line, cells }) => [line, cells])).toEqual([[10, ['1', 'a\nb']]])
    expect(reader.end()).toEqual([])
  })
})

test('the delimiter is the one that the header is written with', () => {
  expect(['a,b,c', 'a;b;c,d', 'a\tb\tc', 'a|b|c', 'a'].map(delimiterOf)).toEqual([',', ';', '\t', '|', ','])
})
