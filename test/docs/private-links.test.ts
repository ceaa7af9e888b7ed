import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { compiled } from '../harness/program.ts'
import { type Block, isRunnable, readDocument } from './document.ts'
import { answersTold, runBlocks } from './terminal.ts'

const PORT = 43_000 + (process.pid % 1_000)

test('the guide to private links runs as it stands, and is answered as it says', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'regulars-guide-'))
  const { blocks } = await readDocument('docs/guides/private-links.md')
  const runnable = blocks.filter(isRunnable)
  const said = await runBlocks(runnable, { main: await compiled(), folder: ['.regulars-books', folder], port: [4_300, PORT] })
  for (const text of said) expect(text).not.toContain('"errors"')
  const answers = answersTold(blocks, runnable, said)
  expect(answers).toHaveLength(5)
  for (const answer of answers) expect(answer.said).toEqual(answer.told)
  const texts = runnable.flatMap((block, i) => linesBelow(blocks, block).map((told) => ({ told, said: linesOf(said[i] ?? '') })))
  expect(texts).toHaveLength(10)
  for (const text of texts) expect(text.said).toContain(text.told)
  await rm(folder, { recursive: true, force: true })
}, 300_000)

/** The lines of a text that the guide shows below a command: the answer has more of them (the date, say). */
function linesBelow(blocks: readonly Block[], block: Block): string[] {
  const next = blocks[blocks.indexOf(block) + 1]
  return next?.info === 'text' ? linesOf(next.text) : []
}

const linesOf = (text: string) =>
  text
    .replaceAll(`:${PORT}/`, ':4300/')
    .replace(/books\.[\w-]{43}/g, '<token>')
    .split(/\r?\n/)
    .filter((line) => line !== '')
