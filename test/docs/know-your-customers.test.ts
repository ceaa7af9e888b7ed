import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { compiled } from '../harness/program.ts'
import { isRunnable, readDocument } from './document.ts'
import { answersTold, runBlocks } from './terminal.ts'

test('the guide to knowing one’s customers runs as it stands, and is answered as it says', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'regulars-guide-'))
  const { blocks } = await readDocument('docs/guides/know-your-customers.md')
  const runnable = blocks.filter(isRunnable)
  const said = await runBlocks(runnable, {
    main: await compiled(),
    folder: ['.regulars-coffee', folder],
    port: [4_500, 45_000 + (process.pid % 1_000)],
  })
  for (const text of said) expect(text).not.toContain('"errors"')
  const answers = answersTold(blocks, runnable, said)
  expect(answers).toHaveLength(9)
  for (const answer of answers) expect(answer.said).toEqual(answer.told)
  const first = runnable.findIndex(({ text }) => text.includes('readyMadeSegments'))
  expect(said[first]).toBe(blocks.find(({ info }) => info === 'text')?.text)
  await rm(folder, { recursive: true, force: true })
}, 300_000)
