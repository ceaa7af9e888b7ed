import { instant } from '../src/kernel/clock.ts'
import { accept } from '../src/kernel/result.ts'
import { OrderRow } from '../src/orders/order.row.ts'
import { rewriteAllStatistics } from '../src/orders/statistics.store.ts'
import { openDatabase } from '../src/shell/database.ts'
import { Memory } from '../src/shell/memory.ts'
import { openWorld, transact } from '../src/shell/world.ts'
import { MOVES, SCORES, SCORES_COLUMNS, STANDINGS, STATISTICS, STATISTICS_COLUMNS, TIERS } from './customers-hand.ts'
import { median } from './processes.ts'

type Means = {
  readonly url: string
  readonly rounds: number
  readonly sql: (text: string) => string
  readonly admin: (query: string) => Promise<unknown>
  readonly seconds: (act: () => unknown) => Promise<number>
}

/** As much room as the product takes, and no more. */
const ROOM = "set work_mem = '128MB'; set hash_mem_multiplier = 2; set jit = off;"

/**
 * What concerns everybody at once, each beside one statement by hand: into a table with nothing on it, and into the very table that
 * the product fills, with its keys, indexes and checks (undone again). Nothing is there before, but in the rows that say "again".
 * No rounds: once each, and nothing by hand, for who is after what comes later.
 */
export async function wholeShop({ url, rounds, sql, admin, seconds }: Means): Promise<void> {
  console.log('everybody at once, beside one statement by hand: into a bare table (aim: at most 1.5 times), into the same table')
  const database = await openDatabase({ url, dataDir: '', rows: [OrderRow] })
  try {
    const world = () =>
      openWorld({
        shopId: 1,
        actor: { kind: 'CLI', id: null, name: 'bench' },
        now: instant(Date.now()),
        memory: new Memory(),
        fork: database.fork,
      })
    const statistics = () =>
      transact(world(), async (tx) => {
        await rewriteAllStatistics(tx)
        return accept(null)
      })
    const bare = (select: string) => `${ROOM} create table by_hand as ${select}; drop table by_hand;`
    const same = (insert: string) => `${ROOM} begin; ${insert}; rollback;`
    const empty = (table: string) => sql(`delete from ${table};\nvacuum ${table};`)

    const row = async (what: string, before: () => unknown, ours: () => unknown, hands: readonly string[]) => {
      if (rounds === 0) {
        await before()
        console.log(`  ${what.padEnd(50)} ${(await seconds(ours)).toFixed(1).padStart(7)} s`)
        return
      }
      const took: number[][] = []
      for (let i = 0; i < rounds; i += 1) {
        const round: number[] = []
        for (const act of [...hands.map((text) => () => sql(text)), ours]) {
          await before()
          round.push(await seconds(act))
        }
        took.push(round)
      }
      const [product = 0, ...theirs] = [hands.length, ...hands.keys()].map((i) => median(took.map((round) => round[i] ?? Number.NaN)))
      const told = theirs.map((one) => `${one.toFixed(1).padStart(7)} s (${(product / one).toFixed(2)} times)`)
      console.log(`  ${what.padEnd(50)} ${product.toFixed(1).padStart(7)} s  by hand ${told.join(', ')}`)
    }

    await row('statistics from scratch', () => empty('customer_statistics'), statistics, [
      bare(STATISTICS),
      same(`insert into customer_statistics (${STATISTICS_COLUMNS}) ${STATISTICS}`),
    ])
    sql('vacuum (analyze) customer_statistics')
    await row('statistics again', () => {}, statistics, [bare(STATISTICS)])
    const scores = () => admin('mutation { evaluateScores { customers } }')
    await row('scores of everybody from scratch', () => empty('customer_score'), scores, [
      bare(SCORES),
      same(`insert into customer_score (${SCORES_COLUMNS}) ${SCORES}`),
    ])
    sql('vacuum (analyze) customer_score')
    await row('scores of everybody again', () => {}, scores, [bare(SCORES)])
    for (const [rank, [code, qualification]] of TIERS.entries())
      await admin(
        `mutation { saveTier(input: { code: "${code}", name: "${code}", rank: ${rank + 1}, qualification: "${qualification}" }) { code } }`,
      )
    const nobody = () => {
      sql('delete from tier_history; update customer set tier_id = null, tier_since = null where tier_id is not null;')
      sql('vacuum (analyze) customer')
    }
    const tiers = () => admin('mutation { evaluateTiers { promoted } }')
    await row('tiers of everybody, who had none', nobody, tiers, [bare(STANDINGS), same(MOVES)])
    sql('vacuum (analyze) customer')
    await row('tiers of everybody again', () => {}, tiers, [bare(STANDINGS), same(MOVES)])
  } finally {
    await database.close()
  }
}
