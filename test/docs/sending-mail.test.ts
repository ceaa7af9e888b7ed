import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { compiled } from '../harness/program.ts'
import { isRunnable, readDocument } from './document.ts'
import { answersTold, runBlocks } from './terminal.ts'

const PORT = 46_000 + (process.pid % 500) * 2

test('the guide to sending mail runs as it stands, and is answered as it says', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'regulars-guide-'))
  const { blocks } = await readDocument('docs/guides/sending-mail.md')
  const runnable = blocks.filter(isRunnable)
  const said = await runBlocks(runnable, { main: await compiled(), folder: ['.regulars-tea-mail', folder], port: [4_600, PORT] })
  for (const text of said) expect(text).not.toContain('"errors"')
  const answers = answersTold(blocks, runnable, said)
  expect(answers).toHaveLength(5)
  for (const answer of answers) expect(answer.said).toEqual(answer.told)
  expect(said).toContain('There is no variable \\"customer.first_name\\"\n')
  expect(await readFile(path.join(folder, 'data', 'mails.txt'), 'utf8')).toMatch(
    /^From: "?Tea House"? <hello@tea\.example>\r\nTo: me@tea\.example\r\n/,
  )
  await rm(folder, { recursive: true, force: true })
}, 300_000)
