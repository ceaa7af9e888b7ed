import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openShop, type Shop } from './shop.ts'

const world = inject('world')
const link = '<private-link>This link is not for you.</private-link>'
let shop: Shop
beforeAll(async () => {
  shop = await openShop(world, {
    '/': link,
    '/given': `<private-link token="${world.lostLinkToken}">This link is not for you.</private-link>`,
  })
})
afterAll(() => shop?.close())

for (const [how, address] of [
  ['in a parameter of the address', `/?privateLink=${world.linkToken}`],
  ['after its #', `/#${world.linkToken}`],
  ['by name after its #', `/#privateLink=${world.linkToken}`],
])
  test(`who comes with a link of theirs ${how} sees what it is for, and takes it`, async () => {
    const { page, heard, close } = await shop.open(address as string, { shopper: 'mei' })
    await page.getByRole('button', { name: 'Add to cart' }).click()
    const parts = page.locator('private-link')
    expect(await parts.locator('[part=message]').textContent()).toBe('谢谢您十年来的支持。 Thank you for ten years.')
    expect(await parts.locator('[part=price]').textContent()).toBe('¥299.00')
    expect(await parts.locator('[part=list-price]').textContent()).toBe(' List price ¥398.00')
    expect(await parts.locator('[part=until]').textContent()).toMatch(/^Until Jan 1, 2199, 8:00\sAM · One order left$/)
    expect(await heard('take-link')).toMatchObject([{ token: world.linkToken, items: [{ sku: 'POT', quantity: 1 }] }])
    expect(await heard('private-link')).toMatchObject([{ token: world.linkToken, link: { eligible: true } }])
    await close()
  })

test('somebody else learns nothing of it, not even that it is one', async () => {
  const seen: string[] = []
  for (const address of ['/given', `/?privateLink=main.${'x'.repeat(43)}`]) {
    const { page, heard, close } = await shop.open(address, { shopper: 'mei' })
    // The text itself stands there before the element is one, too: its slot is the answer.
    await page.waitForFunction(() => document.querySelector('private-link')?.shadowRoot?.querySelector('slot'))
    expect(await page.getByText('This link is not for you.').isVisible()).toBe(true)
    expect(await heard('private-link')).toEqual([])
    seen.push(await page.locator('private-link').evaluate((element) => element.shadowRoot?.innerHTML ?? ''))
    await close()
  }
  expect(seen[0]).toBe(seen[1])
  expect(seen[0]).not.toContain('398')
})

test('without a token nothing is asked and nothing is shown', async () => {
  const { page, asked, painted, close } = await shop.open('/#shelves', { shopper: 'mei' })
  await page.waitForFunction(() => customElements.get('regulars-shop'))
  await painted()
  expect(asked).toEqual([])
  expect(await page.locator('private-link').boundingBox()).toMatchObject({ height: 0 })
  await close()
})
