import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { compiled } from '../harness/program.ts'
import { isRunnable, readDocument } from './document.ts'
import { answersTold, runBlocks } from './terminal.ts'

test('the guide to a shop of one’s own runs as it stands, and is answered as it says', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'regulars-guide-'))
  const { blocks } = await readDocument('docs/guides/own-shop.md')
  const runnable = blocks.filter(isRunnable)
  const place = { main: await compiled(), folder: ['.regulars-own', folder], port: [4_800, 45_000 + (process.pid % 1_000)] } as const
  const said = await runBlocks(runnable, place)
  const answers = answersTold(blocks, runnable, said)
  expect(answers).toHaveLength(8)
  for (const answer of answers) expect(answer.said).toEqual(answer.told)
  const texts = runnable.flatMap((block, i) => {
    const next = blocks[blocks.indexOf(block) + 1]
    return next?.info === 'text' ? [{ told: next.text, said: said[i] }] : []
  })
  expect(texts).toHaveLength(3)
  for (const text of texts) expect(text.said?.trim()).toBe(text.told.trim())
  await rm(folder, { recursive: true, force: true })
}, 300_000)
