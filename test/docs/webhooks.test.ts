import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { TOPICS } from '../../src/webhooks/topic.model.ts'
import { compiled } from '../harness/program.ts'
import { isRunnable, readDocument } from './document.ts'
import { answersTold, runBlocks } from './terminal.ts'

const PORT = 47_000 + (process.pid % 500) * 2
const GUIDE = 'docs/guides/webhooks.md'

test('the guide to webhooks runs as it stands, with the receiver that it shows', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'regulars-guide-'))
  const { blocks } = await readDocument(GUIDE)
  const shown = blocks.find(({ info }) => info === 'js receiver')?.text ?? ''
  // Beside the libraries, as in a project that has them.
  const receiver = path.resolve(import.meta.dirname, `../generated/receiver-${process.pid}.mjs`)
  await writeFile(receiver, shown)
  try {
    const runnable = blocks.filter(isRunnable)
    const here = runnable.map((block) => ({ ...block, text: block.text.replace('receiver.mjs', `'${receiver}'`) }))
    const said = await runBlocks(here, { main: await compiled(), folder: ['.regulars-hooks', folder], port: [4_500, PORT] })
    for (const text of said) expect(text).not.toContain('"errors"')
    const answers = answersTold(blocks, runnable, said)
    expect(answers).toHaveLength(2)
    for (const answer of answers) expect(answer.said).toEqual(answer.told)
    const told = blocks.find(({ info }) => info === 'text')?.text ?? ''
    expect(said).toContain(told)
  } finally {
    await rm(receiver, { force: true })
    await rm(folder, { recursive: true, force: true })
  }
}, 300_000)

test('it lists every topic as the API does, with the fields of its example', async () => {
  const { text } = await readDocument(GUIDE)
  const listed = [...text.matchAll(/^\| `([a-z_.]+)` \| (.*?) \| `(\{.*\})` \|$/gm)].map(([, name, description, data = '']) => ({
    name,
    description,
    data: JSON.parse(data),
  }))
  const short = (example: object) => JSON.parse(JSON.stringify(example).replaceAll('0198a000-0000-7000-8000-0000000000', '…'))
  const expected = TOPICS.map(({ name, description, example: { customer: _, ...data } }) => ({ name, description, data: short(data) }))
  expect(listed).toEqual(expected)
})
