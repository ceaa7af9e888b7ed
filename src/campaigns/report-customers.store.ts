import type { RawBuilder } from 'kysely'
import type { PageRequest } from '../kernel/page.ts'
import { rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Campaign } from './campaign.model.ts'
import type { CampaignFigure, WantedPart } from './report.model.ts'
import { stageReport } from './report.stage.store.ts'
import { BECAME_DORMANT } from './report.store.ts'

/** Members are looked through so many at a time, and each time four times as many: a page is quick, and what is rare is found in one go. */
const FIRST_CHUNK = 2_000
const LAST_CHUNK = 1_000_000

/** The customers of a figure, one more than asked for. */
export async function listBehindFigure(
  world: World,
  campaign: Campaign,
  figure: CampaignFigure,
  part: WantedPart,
  request: PageRequest,
): Promise<string[]> {
  const found: string[] = []
  let after = request.after
  for (let most = FIRST_CHUNK; found.length <= request.first; most = Math.min(LAST_CHUNK, 4 * most)) {
    await stageReport(world, campaign, { after, most })
    const rows = await rowsOf<{ id: string }>(
      world.em,
      sql`select m.customer_id as id ${behind(world, figure, part)} order by 1 limit ${request.first + 1 - found.length}`,
    )
    found.push(...rows.map(({ id }) => id))
    const chunk = await rowOf<{ n: string; last: string | null }>(
      world.em,
      sql`select count(*) as n, (array_agg(customer_id order by customer_id desc))[1] as last from report_member`,
    )
    if (Number(chunk?.n ?? 0) < most) break
    after = chunk?.last ?? after
  }
  return found
}

export async function countBehindFigure(world: World, campaign: Campaign, figure: CampaignFigure, part: WantedPart): Promise<number> {
  await stageReport(world, campaign)
  const row = await rowOf<{ n: string }>(world.em, sql`select count(*) as n ${behind(world, figure, part)}`)
  return Number(row?.n ?? 0)
}

/** The rest of a statement over `report_member m`. */
function behind({ shopId }: World, figure: CampaignFigure, part: WantedPart): RawBuilder<unknown> {
  return sql`from report_member m
    left join customer_score sc on sc.shop_id = ${shopId} and sc.customer_id = m.customer_id
    left join customer_statistics s on s.shop_id = ${shopId} and s.customer_id = m.customer_id
    where ${part.tier === null ? sql`true` : sql`m.tier_code = ${part.tier}`} and ${conditionOf(figure, part)}`
}

function conditionOf(figure: CampaignFigure, part: WantedPart): RawBuilder<unknown> {
  const touched = (what: RawBuilder<unknown>) =>
    sql`m.customer_id in (select x.customer_id from report_touch x where ${what} and ${inPart(part)})`
  const ordered = (what: RawBuilder<unknown>) =>
    sql`m.customer_id in (select x.customer_id from report_order x where ${what} and ${inPart(part)})`
  const wasLost = sql`(${BECAME_DORMANT} or m.left_reason = 'OBJECTED' or ${touched(sql`x.unsubscribed`)})`
  const objected = isWhole(part) ? sql`m.left_reason is not distinct from 'OBJECTED'` : sql`false`
  const condition: Record<CampaignFigure, RawBuilder<unknown>> = {
    TREATED: sql`m.treated`,
    CONTROL: sql`not m.treated`,
    REACHED: touched(sql`(x.sent or x.seen)`),
    SENT: touched(sql`x.sent`),
    DELIVERED: touched(sql`x.delivered`),
    OPENED: touched(sql`x.opened`),
    CLICKED: touched(sql`x.clicked`),
    BOUGHT: ordered(sql`x.treated`),
    CONTROL_BOUGHT: ordered(sql`not x.treated`),
    RETURNED: ordered(sql`x.treated and x.is_return`),
    DISCOUNTED: ordered(sql`x.treated and (x.discount > 0 or x.gift_cost > 0)`),
    UNSUBSCRIBED: sql`m.treated and (${touched(sql`x.unsubscribed`)} or ${objected})`,
    COMPLAINED: touched(sql`x.complained`),
    LOST: sql`m.treated and ${wasLost}`,
    CONTROL_LOST: sql`not m.treated and ${BECAME_DORMANT}`,
  }
  return condition[figure]
}

const isWhole = ({ step, channel, template, untouched }: WantedPart): boolean =>
  step === null && channel === null && template === null && !untouched

const inPart = ({ step, channel, template, untouched }: WantedPart): RawBuilder<unknown> =>
  sql.join(
    [
      sql`true`,
      ...(step === null ? [] : [sql`x.step = ${step}`]),
      ...(channel === null ? [] : [sql`x.channel = ${channel}`]),
      ...(template === null ? [] : [sql`x.template_code = ${template}`]),
      ...(untouched ? [sql`x.channel is null`] : []),
    ],
    sql` and `,
  )
