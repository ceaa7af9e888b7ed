import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { compiled } from '../harness/program.ts'
import { isRunnable, readDocument } from './document.ts'
import { answersTold, runBlocks } from './terminal.ts'

const FILE = process.env.REGULARS_SAMPLE_FILE

test.skipIf(FILE === undefined)(
  'the guide to a first shop runs as it stands (with REGULARS_SAMPLE_FILE, the file that it is about)',
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'regulars-guide-'))
    const { blocks } = await readDocument('docs/guides/first-shop.md')
    const runnable = blocks.filter(isRunnable)
    const said = await runBlocks(runnable, {
      main: await compiled(),
      folder: ['.regulars-gifts', folder],
      port: [4_100, 41_000 + (process.pid % 1_000)],
      env: { REGULARS_SAMPLE_FILE: path.resolve(FILE ?? '') },
    })
    const answers = answersTold(blocks, runnable, said)
    expect(answers).toHaveLength(2)
    for (const answer of answers) expect(answer.said).toEqual(answer.told)
    for (const text of said) expect(text).not.toContain('"errors"')
    expect(said.join()).toContain('18,532 orders')
    await rm(folder, { recursive: true, force: true })
  },
  600_000,
)
