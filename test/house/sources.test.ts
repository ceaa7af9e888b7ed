import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

/** What git knows, or would take in. */
async function files(...patterns: string[]): Promise<string[]> {
  const { stdout } = await promisify(execFile)('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...patterns])
  return stdout.split('\n').filter((file) => file !== '')
}

async function linesWith(found: readonly string[], words: RegExp): Promise<string[]> {
  const lines: string[] = []
  for (const file of found) {
    const text = await readFile(file, 'utf8').catch(() => '')
    for (const [i, line] of text.split('\n').entries()) if (words.test(line)) lines.push(`${file}:${i + 1}: ${line.trim().slice(0, 120)}`)
  }
  return lines
}

test('nothing that decides has a clock or dice: time and chance come in as arguments', async () => {
  const pure = await files('src/**/*.rules.ts', 'src/**/*.model.ts', 'src/kernel/*.ts', 'src/pricing/*.ts', 'src/query/*.ts')
  const code = pure.filter((file) => !file.endsWith('.spec.ts'))
  expect(code.length).toBeGreaterThan(50)
  expect(await linesWith(code, /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bMath\.random\(|\bTemporal\.Now\b|\bprocess\./)).toEqual(
    [],
  )
})

test("no file names a registry or a place on somebody's machine", async () => {
  const all = (await files('.')).filter((file) => !/\.(?:png|gz|ico|woff2?)$/.test(file))
  expect(all.length).toBeGreaterThan(100)
  const registry = ['registry', 'npmjs', 'org'].join('\\.')
  const places = ['work/', 'home/', 'Users/', 'root/'].map((place) => `(?:^|[\\s"'\`(=])/${place}`).join('|')
  expect(await linesWith(all, new RegExp(`${registry}|deb\\.debian\\.org|${places}`))).toEqual([])
})
