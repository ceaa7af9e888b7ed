import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { compiled } from '../harness/program.ts'
import { type Block, isRunnable, readDocument } from './document.ts'

const FILE = process.env.REGULARS_SAMPLE_FILE
const ROOT = path.resolve(import.meta.dirname, '../..')
/** Between what one block says and what the next does. */
const MARK = '===='

test.skipIf(FILE === undefined)(
  'the guide to a first shop runs as it stands (with REGULARS_SAMPLE_FILE, the file that it is about)',
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'regulars-guide-'))
    const { blocks } = await readDocument('docs/guides/first-shop.md')
    const said = await run(blocks.filter(isRunnable), await compiled(), folder)
    const answers = blocks.filter(isRunnable).map((block, i) => ({ answer: said[i] ?? '', next: blocks[blocks.indexOf(block) + 1] }))
    const told = answers.filter(({ next }) => next?.info === 'json')
    expect(told).toHaveLength(2)
    for (const { answer, next } of told) expect(JSON.parse(answer)).toEqual(JSON.parse(next?.text ?? ''))
    for (const { answer } of answers) expect(answer).not.toContain('"errors"')
    expect(said.join()).toContain('18,532 orders')
    await rm(folder, { recursive: true, force: true })
  },
  600_000,
)

/** All of them in one shell, as in one terminal, but in a folder and at a port of their own. */
async function run(blocks: readonly Block[], main: string, folder: string): Promise<string[]> {
  const script = blocks
    .map((block) => block.text)
    .join(`echo ${MARK}\n`)
    .replaceAll('dist/src/cli/main.js', `"${main}"`)
    .replaceAll('.regulars-gifts', path.join(folder, 'data'))
    .replace('PORT=4100', `PORT=${41_000 + (process.pid % 1_000)}`)
  const { stdout } = await promisify(execFile)('bash', ['-euc', `trap 'kill $(jobs -p) 2> /dev/null || true' EXIT\n${script}`], {
    cwd: ROOT,
    env: {
      PATH: `${path.join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`,
      LOG_LEVEL: 'warn',
      REGULARS_SAMPLE_FILE: path.resolve(FILE ?? ''),
    },
  })
  return stdout.split(`${MARK}\n`)
}
