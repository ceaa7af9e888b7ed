import { existsSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { isRunnable, readDocument } from './document.ts'

const ENGLISH = await readDocument('README.md')
const CHINESE = await readDocument('README.zh-CN.md')
/** All that the project says; a plugin's examples are run by its own tests. */
const DOCUMENTS: string[] = []
for await (const file of glob(['*.md', 'docs/**/*.md', 'bench/*.md', 'plugins/*.md', 'plugins/*/*.md'])) DOCUMENTS.push(file)
DOCUMENTS.sort()
const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```$/gm, '')
const headings = (text: string) => [...withoutCode(text).matchAll(/^#+ /gm)].map(([marks]) => marks)
const listItems = (text: string) => [...withoutCode(text).matchAll(/^- /gm)].length

test('the two READMEs have the same sections, as long as each other', () => {
  expect(headings(CHINESE.text)).toEqual(headings(ENGLISH.text))
  expect(listItems(CHINESE.text)).toBe(listItems(ENGLISH.text))
})

test('the two READMEs have the same code', () => {
  expect(ENGLISH.blocks.length).toBeGreaterThan(4)
  expect(CHINESE.blocks).toEqual(ENGLISH.blocks)
})

test('the two commands of the README are the ones that the package has', () => {
  expect(ENGLISH.blocks.map((block) => block.text)).toEqual(expect.arrayContaining(['npm ci && npm run demo\n', 'npm ci && npm test\n']))
})

test('commands that are said to run are in documents that a test runs', async () => {
  const running: string[] = []
  for (const file of DOCUMENTS) if (!file.startsWith('plugins/') && (await readDocument(file)).blocks.some(isRunnable)) running.push(file)
  expect(running.sort()).toEqual([
    'README.md',
    'README.zh-CN.md',
    'docs/guides/before-you-publish.md',
    'docs/guides/did-it-work.md',
    'docs/guides/first-campaign.md',
    'docs/guides/first-shop.md',
    'docs/guides/know-your-customers.md',
    'docs/guides/own-shop.md',
    'docs/guides/private-links.md',
    'docs/guides/sending-mail.md',
    'docs/guides/surprises.md',
    'docs/guides/webhooks.md',
  ])
})

describe.each(DOCUMENTS)('%s', (file) => {
  test('leads nowhere that is not there', async () => {
    const { text } = await readDocument(file)
    const links = [...withoutCode(text).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = '']) => path.join(path.dirname(file), link))
    expect(links.filter((link) => !existsSync(link))).toEqual([])
  })
})
