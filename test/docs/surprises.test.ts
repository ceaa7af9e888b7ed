import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { draw, drawAgain } from '../../src/checkout/surprise.rules.ts'
import { basisPoints, minor } from '../../src/kernel/money.ts'
import { openTestShop } from '../harness/shop.ts'
import { isRunnable, readDocument } from './document.ts'

const { blocks } = await readDocument('docs/guides/surprises.md')
const command = blocks.find(isRunnable)?.text ?? ''
const run = async (script: string) => (await promisify(execFile)('bash', ['-euc', script])).stdout

test('the command of the guide says what stands below it', async () => {
  expect(await run(command)).toBe(blocks.find(({ info }) => info === 'text')?.text)
})

test('and draws again whatever was drawn', async () => {
  const declared = [2.5, 0.29, 20, 30, 40.01]
  const prizes = declared.map((odds, i) => ({
    name: `prize ${i + 1}`,
    odds: basisPoints(Math.round(odds * 100)),
    gift: null,
    amount: minor(1),
  }))
  const drawn = Array.from({ length: 12 }, (_, i) =>
    draw([{ offerCode: `满额惊喜 ${i}`, offerName: '', prizes }], createHash('sha256').update(String(i)).digest()),
  ).flat()
  expect(new Set(drawn.map(({ prize }) => prize?.name)).size).toBeGreaterThan(2)
  const own = /^SEED=\S+ CODE=\S+ ODDS="[^"]+" /
  expect(command).toMatch(own)
  for (const one of drawn) {
    const said = await run(command.replace(own, `SEED=${one.seed} CODE="${one.offerCode}" ODDS="${declared.join(' ')}" `))
    expect(said).toBe(`point ${drawAgain(one).point}: ${one.prize?.name ?? 'nothing'}\n`)
  }
})

test("the guide's offer can be saved as it stands, and shows its odds", async () => {
  const shop = await openTestShop()
  await shop.admin(blocks.find(({ info }) => info === 'graphql')?.text ?? '')
  const { quote } = await shop.storefront(
    '{ quote(cart: { lines: [{ sku: "X", quantity: 1, listPrice: 20000 }] }) { surprises { offerCode prizes { name odds } } } }',
  )
  expect(quote.surprises).toMatchObject([{ offerCode: 'lucky-order', prizes: [{ odds: 2.5 }, { odds: 20 }, { odds: 30 }] }])
})
