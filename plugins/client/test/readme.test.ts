import { execFile } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop, type Shop } from './support/shop.ts'

const run = promisify(execFile)
const HERE = path.resolve(import.meta.dirname, '..')
const MARK = '===='

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

test.each([
  ['README.md', 7],
  ['../../docs/guides/own-shop.md', 5],
])('what %s shows compiles, runs as it stands against the built package, and says what it shows', async (document, answers) => {
  const blocks = [...(await readFile(path.join(HERE, document), 'utf8')).matchAll(/^```(\S*)[^\n]*\n([\s\S]*?)^```$/gm)]
  const code = blocks.flatMap(([, info, text = '']) => (info === 'ts' ? [text] : []))
  const shown = blocks.flatMap(([, info, text], i) => (blocks[i - 1]?.[1] === 'ts' && info === 'text' ? [text] : []))
  const { line, engine } = shop
  const program = code
    .join(`console.log('${MARK}')\n`)
    .replace(/fallbackAfterMs: [\d_]+/, 'fallbackAfterMs: 60_000')
    .replaceAll('https://regulars.example.com', line.url)
    .replaceAll('regulars_plugin_...', engine.pluginKey)
    .replaceAll('regulars_publishable_...', engine.publishableKey)
    .replaceAll('regulars_admin_...', engine.adminKey)
  // Inside the package, which so may name itself; dist/ is what its users have.
  const file = path.join(HERE, 'dist', `${path.basename(document, '.md')}-${process.pid}.mts`)
  const compiled = file.replace('.mts', '.mjs')
  await writeFile(file, program)
  try {
    const strict = '--strict --skipLibCheck --target es2023 --module nodenext --types node --ignoreConfig'.split(' ')
    await run(path.join(HERE, '../../node_modules/.bin/tsc'), [...strict, file])
    const { stdout, stderr } = await run(process.execPath, [compiled])
    expect(stderr).toBe('')
    const said = stdout.split(`${MARK}\n`)
    expect(said.filter((text) => text !== '')).toEqual(shown)
    expect(shown).toHaveLength(answers)
  } finally {
    for (const made of [file, compiled]) await rm(made, { force: true })
  }
})
