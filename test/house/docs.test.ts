import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { ALLOWED, PERMISSIONS } from '../../src/access/permission.rules.ts'
import { LIMITS } from '../../src/api/shared/limits.ts'
import { ADMIN_EXAMPLES } from './examples/admin.ts'

/** The cells of the tables' rows that begin with a name in backquotes. */
async function rows(file: string): Promise<string[][]> {
  const text = await readFile(file, 'utf8')
  return text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}
const nameOf = ([cell = '']: readonly string[]) => cell.replaceAll('`', '')

test('docs/errors.md has every code that the code has, and no other', async () => {
  const union = async (file: string, type: string) => {
    const body = new RegExp(`export type ${type} =([\\s\\S]*?)\\n\\n`).exec(await readFile(file, 'utf8'))?.[1] ?? ''
    return [...body.matchAll(/'([A-Z_]+)'/g)].map(([, code]) => code ?? '')
  }
  const codes = [...(await union('src/kernel/problem.ts', 'ProblemCode')), ...(await union('src/api/shared/errors.ts', 'RequestCode'))]
  expect(codes).toContain('NOT_FOUND')
  expect((await rows('docs/errors.md')).map(nameOf).sort()).toEqual(codes.sort())
})

test('docs/limits.md has every limit with its value, and no other', async () => {
  const limits = Object.entries(LIMITS).flatMap(([name, value]): [string, string][] =>
    typeof value === 'number' ? [[name, shown(value)]] : Object.entries(value).map(([part, number]) => [`${name}.${part}`, shown(number)]),
  )
  expect((await rows('docs/limits.md')).map((row) => [nameOf(row), row[1]])).toEqual(limits)
})

const shown = (value: number) => value.toLocaleString('en-US')

test('docs/permissions.md is the permission table, with the fields that ask for each', async () => {
  const roles = ['OWNER', 'MANAGER', 'MARKETER', 'SERVICE', 'ANALYST'] as const
  const expected = PERMISSIONS.map((permission) => [
    permission,
    ...roles.map((role) => (ALLOWED[role].includes(permission) ? 'yes' : '')),
    Object.entries(ADMIN_EXAMPLES)
      .filter(([, { needs }]) => needs === permission)
      .map(([field]) => `\`${field.split('.')[1]}\``)
      .sort()
      .join(', '),
  ])
  expect((await rows('docs/permissions.md')).map((row) => [nameOf(row), ...row.slice(1)])).toEqual(expected)
})
