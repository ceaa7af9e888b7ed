import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { compiled } from '../harness/program.ts'
import { isRunnable, readDocument } from './document.ts'
import { answersTold, runBlocks } from './terminal.ts'

test('the guide to what a campaign did runs as it stands, and is answered as it says', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'regulars-guide-'))
  const { blocks } = await readDocument('docs/guides/did-it-work.md')
  const runnable = blocks.filter(isRunnable)
  const said = await runBlocks(runnable, {
    main: await compiled(),
    folder: ['.regulars-tea', folder],
    port: [4_700, 47_000 + (process.pid % 1_000)],
  })
  for (const text of said) expect(text).not.toContain('"errors"')
  const answers = answersTold(blocks, runnable, said)
  expect(answers).toHaveLength(1)
  for (const answer of answers) expect(answer.said).toEqual(answer.told)
  const texts = runnable.flatMap((block, i) => {
    const next = blocks[blocks.indexOf(block) + 1]
    return next?.info === 'text' ? [[said[i], next.text]] : []
  })
  expect(texts).toHaveLength(2)
  for (const [saidText, told] of texts) expect(saidText).toBe(told)
  await rm(folder, { recursive: true, force: true })
}, 300_000)
