import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { compiled } from '../harness/program.ts'
import { isRunnable, readDocument } from './document.ts'
import { answersTold, runBlocks } from './terminal.ts'

test('the guide to a first campaign runs as it stands, with a real mail server, and is answered as it says', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'regulars-guide-'))
  const { blocks } = await readDocument('docs/guides/first-campaign.md')
  const mailPort = 44_000 + (process.pid % 1_000)
  const runnable = blocks.filter(isRunnable)
  const said = await runBlocks(
    runnable.map((block) => ({ ...block, text: block.text.replace('MAIL_PORT=4625', `MAIL_PORT=${mailPort}`) })),
    { main: await compiled(), folder: ['.regulars-tea', folder], port: [4_600, 48_000 + (process.pid % 1_000)] },
  )
  for (const text of said) expect(text).not.toContain('"errors"')
  const answers = answersTold(blocks, runnable, said)
  expect(answers).toHaveLength(6)
  for (const answer of answers) expect(answer.said).toEqual(answer.told)
  await rm(folder, { recursive: true, force: true })
}, 300_000)
