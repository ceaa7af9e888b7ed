import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { beforeSending } from '../../src/messages/message.topic.ts'
import { saveProvider } from '../../src/messages/provider.service.ts'
import { sendDue } from '../../src/messages/sending.service.ts'
import { customers } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { anotherNode, closeAfterwards } from '../harness/node.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { mailTemplate, queue } from './mailing.ts'

const LIST = `query ($filter: TaskFilter, $first: Int, $after: String) {
  staffTasks(filter: $filter, first: $first, after: $after) {
    totalCount pageInfo { endCursor hasNextPage }
    nodes { id state recipient text claimedBy note resolvedBy customer { externalId } events { kind detail } }
  }
}`
const list = async (shop: TestShop, variables: object = {}) => (await shop.admin(LIST, variables)).staffTasks
const claim = async (shop: TestShop, ids: readonly string[]) =>
  (await shop.admin('mutation ($ids: [ID!]!) { claimTasks(ids: $ids) { id kind reason } }', { ids })).claimTasks
const resolve = async (shop: TestShop, results: readonly object[]) =>
  (await shop.admin('mutation ($results: [TaskResultInput!]!) { resolveTasks(results: $results) { id kind } }', { results })).resolveTasks

/** A shop whose people call; the ids of the calls, in the order of the customers. */
async function calling(shop: TestShop, people: Record<string, object>): Promise<string[]> {
  await customers(shop, people)
  const saved = await saveProvider(shop.world(), {
    code: 'calls',
    channel: 'PHONE',
    kind: 'TASK',
    name: 'Calls',
    settings: {},
    enabled: true,
    ratePerSecond: null,
    costMinor: 300,
  })
  if (!saved.ok) throw new Error(saved.problem.message)
  await mailTemplate(shop, 'call', { channel: 'PHONE', text: 'Ask {{ customer.name }} how the tea was' })
  const queued = await queue(shop, 'call', Object.keys(people), { channel: 'PHONE', campaignCode: 'recall' })
  await sendDue(shop.world())
  return queued.map((one) => (one.kind === 'QUEUED' ? one.id : ''))
}
const PEOPLE = {
  mei: { name: 'Mei', phone: '13800138000' },
  bo: { name: '=Bo()', phone: '13800138001' },
  li: { name: 'Li', phone: '13800138002' },
}

test('a call lies with staff until one of them says what came of it', async () => {
  const shop = await openTestShop()
  const [mei, bo, li] = await calling(shop, PEOPLE)
  const first = await list(shop, { first: 2 })
  expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } })
  expect(first.nodes[0]).toMatchObject({
    id: mei,
    state: 'OPEN',
    recipient: '13800138000',
    text: 'Ask Mei how the tea was',
    customer: { externalId: 'mei' },
  })
  expect((await list(shop, { first: 2, after: first.pageInfo.endCursor })).nodes.map(({ id }: { id: string }) => id)).toEqual([li])
  expect((await list(shop, { filter: { channel: 'POST' } })).totalCount).toBe(0)
  expect((await list(shop, { filter: { campaignCode: 'recall', claimed: 'FREE' } })).totalCount).toBe(3)
  expect(await claim(shop, [mei ?? '', bo ?? '', 'x'])).toMatchObject([{ kind: 'DONE' }, { kind: 'DONE' }, { kind: 'UNKNOWN' }])
  expect((await list(shop, { filter: { claimed: 'MINE' } })).totalCount).toBe(2)
  const results = [
    { id: mei, outcome: 'DONE', note: 'She will come on Friday' },
    { id: bo, outcome: 'FAILED' },
  ]
  expect(await resolve(shop, results)).toMatchObject([{ kind: 'DONE' }, { kind: 'DONE' }])
  expect(await resolve(shop, [...results, { id: li, outcome: 'DONE' }])).toMatchObject([
    { kind: 'SETTLED' },
    { kind: 'SETTLED' },
    { kind: 'DONE' },
  ])
  expect((await list(shop)).totalCount).toBe(0)
  expect((await list(shop, { filter: { state: 'DONE' } })).nodes).toMatchObject([
    { id: mei, note: 'She will come on Friday', events: [{ kind: 'SENT', detail: 'She will come on Friday' }] },
    { id: li, events: [{ kind: 'SENT' }] },
  ])
  expect((await list(shop, { filter: { state: 'FAILED' } })).nodes).toMatchObject([{ id: bo, events: [{ kind: 'FAILED' }] }])
})

test('two of the staff never have one call: who comes second is told', async () => {
  const shop = await openTestShop()
  const ids = await calling(shop, PEOPLE)
  const colleague = bearer(await shop.key('ADMIN', 'SERVICE'))
  const theirs = (query: string, variables: object) => shop.ask('/admin/graphql', colleague, query, variables)
  const CLAIM = 'mutation ($ids: [ID!]!) { claimTasks(ids: $ids) { kind } }'
  const both = await Promise.all([claim(shop, ids), theirs(CLAIM, { ids })])
  const kinds = [both[0], (both[1].data as { claimTasks: { kind: string }[] }).claimTasks].map((answers: { kind: string }[]) =>
    answers.map(({ kind }) => kind),
  )
  for (let i = 0; i < ids.length; i++) expect(kinds.map((of) => of[i]).sort()).toEqual(['DONE', 'TAKEN'])
  await shop.admin('mutation ($ids: [ID!]!) { releaseTasks(ids: $ids) }', { ids })
  expect((await theirs(CLAIM, { ids })).data).toEqual({ claimTasks: ids.map(() => ({ kind: 'DONE' })) })
})

test('whoever does not want to be called is not called: said to staff, or elsewhere', async () => {
  const shop = await openTestShop()
  const [mei, bo] = await calling(shop, PEOPLE)
  await resolve(shop, [{ id: mei, outcome: 'DONE', note: 'Never call again', objects: true }])
  expect((await queue(shop, 'call', ['mei'], { channel: 'PHONE' }))[0]?.kind).toBe('QUEUED')
  const { customer } = await shop.admin('{ customer(ref: { externalId: "mei" }) { consents { channel granted } } }')
  expect(customer.consents).toContainEqual({ channel: 'PHONE', granted: false })
  await shop.admin('mutation { recordObjection(customer: { externalId: "bo" }, scope: ALL, proof: { source: "letter" }) { objectsToAll } }')
  expect((await list(shop)).nodes.map(({ customer: { externalId } }: { customer: { externalId: string } }) => externalId)).toEqual(['li'])
  expect(await claim(shop, [bo ?? ''])).toMatchObject([{ kind: 'SETTLED', reason: 'OBJECTED' }])
})

test('whoever may keep a message from going is asked once more when a call is taken up', async () => {
  const shop = (await openTestShop()).at(closeAfterwards(await anotherNode()))
  const [mei, bo, li] = await calling(shop, PEOPLE)
  beforeSending(
    shop.app.memory,
    async () =>
      new Map<string, string>([
        [mei ?? '', 'BOUGHT'],
        [bo ?? '', 'PAUSED'],
      ]),
  )
  expect(await claim(shop, [mei ?? '', bo ?? '', li ?? ''])).toEqual([
    { id: mei, kind: 'CALLED_OFF', reason: 'BOUGHT' },
    { id: bo, kind: 'CALLED_OFF', reason: 'PAUSED' },
    { id: li, kind: 'DONE', reason: null },
  ])
  // What is paused waits; what is over is over.
  expect((await list(shop)).nodes.map(({ id }: { id: string }) => id)).toEqual([bo, li])
})

test('calls are taken away as a file, and what came of them comes back by id', async () => {
  const shop = await openTestShop()
  const ids = await calling(shop, PEOPLE)
  const { exportTasks: csv } = await shop.admin('mutation { exportTasks(filter: { channel: PHONE }) }')
  const rows: Record<string, string>[] = parse(csv, { columns: true, bom: true })
  expect(rows.map(({ id }) => id)).toEqual(ids)
  expect(rows[1]).toMatchObject({
    to: '13800138001',
    externalId: 'bo',
    name: "'=Bo()",
    text: 'Ask =Bo() how the tea was',
    campaign: 'recall',
    outcome: '',
  })
  expect((await list(shop, { filter: { claimed: 'MINE' } })).totalCount).toBe(3)
  const colleague = bearer(await shop.key('ADMIN', 'SERVICE'))
  const theirs = await shop.ask('/admin/graphql', colleague, 'mutation { exportTasks }')
  expect(parse(String(theirs.data?.exportTasks), { bom: true })).toHaveLength(1)
  expect(
    await resolve(
      shop,
      rows.map(({ id }) => ({ id, outcome: 'DONE' })),
    ),
  ).toMatchObject(ids.map(() => ({ kind: 'DONE' })))
})
