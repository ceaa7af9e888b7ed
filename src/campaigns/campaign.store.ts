import type { PageRequest } from '../kernel/page.ts'
import { asTexts, atInstant, atInstantOrNull, rowOf, rowsOf, sql, toInstant, toInstantOrNull } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Campaign, CampaignStatus, Give, Goal, OnSite, Step } from './campaign.model.ts'

type Row = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly kind: Campaign['kind']
  readonly status: CampaignStatus
  readonly goal_metric: Goal['metric'] | null
  readonly goal_target: number | null
  readonly attribution_days: number
  readonly budget: string | null
  readonly spent: string
  readonly audience: string | null
  readonly exclusions: string[]
  readonly control_bp: number
  readonly priority: number
  readonly start_kind: Campaign['start']['kind']
  readonly start_at: string | null
  readonly start_minute: number | null
  readonly join_until: string | null
  readonly ends_at: string | null
  readonly on_site: OnSite | null
  readonly created_at: string
  readonly updated_at: string
  readonly started_at: string | null
  readonly paused_at: string | null
  readonly ended_at: string | null
  readonly next_join_at: string | null
  readonly steps: Step[]
  readonly gives: Give[]
}

const CAMPAIGN = sql`k.id, k.code, k.name, k.kind, k.status, k.goal_metric, k.goal_target, k.attribution_days, k.budget, k.spent, k.audience,
  k.exclusions, k.control_bp, k.priority, k.start_kind, k.start_at, k.start_minute, k.join_until, k.ends_at, k.on_site, k.created_at, k.updated_at,
  k.started_at, k.paused_at, k.ended_at, k.next_join_at,
  (select coalesce(jsonb_agg(jsonb_build_object('number', s.number, 'delayHours', s.delay_hours, 'after', s.after, 'channels', s.channels,
     'templateCode', s.template_code, 'condition', s.condition, 'onlyIf', s.only_if, 'purpose', s.purpose) order by s.number), '[]')
   from campaign_step s where s.shop_id = k.shop_id and s.campaign_id = k.id) as steps,
  (select coalesce(jsonb_agg(jsonb_build_object('offerCode', g.offer_code, 'as', g.given_as, 'tierCodes', g.tier_codes, 'each', g.each,
     'validDays', g.valid_days, 'linkTerms', g.link_terms) order by g.number), '[]')
   from campaign_give g where g.shop_id = k.shop_id and g.campaign_id = k.id) as gives`

const toCampaign = (row: Row): Campaign => ({
  id: row.id as Campaign['id'],
  code: row.code,
  name: row.name,
  kind: row.kind,
  status: row.status,
  goal: row.goal_metric === null ? null : { metric: row.goal_metric, target: Number(row.goal_target) },
  attributionDays: row.attribution_days,
  budget: row.budget === null ? null : Number(row.budget),
  spent: Number(row.spent),
  audience: row.audience,
  exclusions: row.exclusions,
  controlBp: row.control_bp,
  priority: row.priority,
  start: {
    kind: row.start_kind,
    at: toInstantOrNull(row.start_at),
    minute: row.start_minute,
    until: toInstantOrNull(row.join_until),
  },
  endsAt: toInstantOrNull(row.ends_at),
  steps: row.steps,
  gives: row.gives,
  onSite: row.on_site,
  createdAt: toInstant(row.created_at),
  updatedAt: toInstant(row.updated_at),
  startedAt: toInstantOrNull(row.started_at),
  pausedAt: toInstantOrNull(row.paused_at),
  endedAt: toInstantOrNull(row.ended_at),
  nextJoinAt: toInstantOrNull(row.next_join_at),
})

export async function findCampaignRow({ em, shopId }: World, code: string): Promise<Campaign | null> {
  const row = await rowOf<Row>(em, sql`select ${CAMPAIGN} from campaign k where k.shop_id = ${shopId} and k.code = ${code}`)
  return row && toCampaign(row)
}

/** Those of these codes that there are, in any order. */
export async function findCampaignRows({ em, shopId }: World, codes: readonly string[]): Promise<Campaign[]> {
  const rows = await rowsOf<Row>(
    em,
    sql`select ${CAMPAIGN} from campaign k where k.shop_id = ${shopId} and k.code = any(${asTexts(codes)})`,
  )
  return rows.map(toCampaign)
}

/**
 * The same, held until the transaction ends: nobody pauses, ends or works it meanwhile. Two statements, so that what the first waited
 * for is seen by the second.
 */
export async function holdCampaign(world: World, code: string): Promise<Campaign | null> {
  const { em, shopId } = world
  await rowsOf(em, sql`select 1 from campaign where shop_id = ${shopId} and code = ${code} for no key update`)
  return findCampaignRow(world, code)
}

/** In the order of their codes, one more than asked for; `statuses` empty: all. */
export async function listCampaignRows(
  { em, shopId }: World,
  statuses: readonly CampaignStatus[],
  request: PageRequest,
): Promise<Campaign[]> {
  const rows = await rowsOf<Row>(
    em,
    sql`select ${CAMPAIGN} from campaign k where k.shop_id = ${shopId} and ${among(statuses)}
          and (${request.after}::text is null or k.code > ${request.after}) order by k.code limit ${request.first + 1}`,
  )
  return rows.map(toCampaign)
}

export async function countCampaignRows({ em, shopId }: World, statuses: readonly CampaignStatus[]): Promise<number> {
  const row = await rowOf<{ n: string }>(em, sql`select count(*) as n from campaign k where k.shop_id = ${shopId} and ${among(statuses)}`)
  return Number(row?.n ?? 0)
}

const among = (statuses: readonly CampaignStatus[]) => (statuses.length === 0 ? sql`true` : sql`k.status = any(${asTexts(statuses)})`)

/** The queries of campaigns that can still ask them, where they contain a text. */
export async function findCampaignQueries({ em, shopId }: World, text: string): Promise<{ code: string; query: string }[]> {
  return rowsOf(
    em,
    sql`select k.code, q.query from campaign k
        cross join lateral (
          select k.audience as query union all select unnest(k.exclusions)
          union all select s.condition from campaign_step s where s.shop_id = k.shop_id and s.campaign_id = k.id) q
        where k.shop_id = ${shopId} and k.status not in ('FINISHED', 'CANCELLED') and q.query ilike '%' || ${text} || '%'
        order by k.code`,
  )
}

/** Writes a campaign whole, with its steps and what it gives. */
export async function writeCampaign({ em, shopId }: World, k: Campaign): Promise<void> {
  await rowsOf(
    em,
    sql`insert into campaign (shop_id, id, code, name, kind, status, goal_metric, goal_target, attribution_days, budget, audience, exclusions, control_bp,
          priority, start_kind, start_at, start_minute, join_until, ends_at, on_site, created_at, updated_at, started_at, paused_at, ended_at, next_join_at)
        values (${shopId}, ${k.id}, ${k.code}, ${k.name}, ${k.kind}, ${k.status}, ${k.goal?.metric ?? null}, ${k.goal?.target ?? null}::double precision,
          ${k.attributionDays}, ${k.budget}::bigint, ${k.audience}, ${asTexts(k.exclusions)}, ${k.controlBp}, ${k.priority}, ${k.start.kind},
          ${atInstantOrNull(k.start.at)}, ${k.start.minute}::integer, ${atInstantOrNull(k.start.until)}, ${atInstantOrNull(k.endsAt)},
          ${k.onSite === null ? null : JSON.stringify(k.onSite)}::jsonb, ${atInstant(k.createdAt)}, ${atInstant(k.updatedAt)},
          ${atInstantOrNull(k.startedAt)}, ${atInstantOrNull(k.pausedAt)}, ${atInstantOrNull(k.endedAt)}, ${atInstantOrNull(k.nextJoinAt)})
        on conflict (shop_id, id) do update set (name, kind, status, goal_metric, goal_target, attribution_days, budget, audience, exclusions, control_bp,
          priority, start_kind, start_at, start_minute, join_until, ends_at, on_site, updated_at, started_at, paused_at, ended_at, next_join_at) =
          (excluded.name, excluded.kind, excluded.status, excluded.goal_metric, excluded.goal_target, excluded.attribution_days, excluded.budget,
           excluded.audience, excluded.exclusions, excluded.control_bp, excluded.priority, excluded.start_kind, excluded.start_at, excluded.start_minute,
           excluded.join_until, excluded.ends_at, excluded.on_site, excluded.updated_at, excluded.started_at, excluded.paused_at, excluded.ended_at,
           excluded.next_join_at)`,
  )
  await writeSteps({ em, shopId }, k)
  await writeGives({ em, shopId }, k)
}

type Place = Pick<World, 'em' | 'shopId'>

async function writeSteps({ em, shopId }: Place, { id, steps }: Campaign): Promise<void> {
  await rowsOf(em, sql`delete from campaign_step where shop_id = ${shopId} and campaign_id = ${id}`)
  await rowsOf(
    em,
    sql`insert into campaign_step (shop_id, campaign_id, number, delay_hours, after, channels, template_code, condition, only_if, purpose)
        select ${shopId}::integer, ${id}::uuid, number, "delayHours", after, channels, "templateCode", condition, "onlyIf", purpose
        from jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) as s (number smallint, "delayHours" integer, after text, channels text[],
          "templateCode" text, condition text, "onlyIf" text, purpose text)`,
  )
}

async function writeGives({ em, shopId }: Place, { id, gives }: Campaign): Promise<void> {
  await rowsOf(em, sql`delete from campaign_give where shop_id = ${shopId} and campaign_id = ${id}`)
  await rowsOf(
    em,
    sql`insert into campaign_give (shop_id, campaign_id, number, offer_code, given_as, tier_codes, each, valid_days, link_terms)
        select ${shopId}::integer, ${id}::uuid, number, "offerCode", "as", "tierCodes", "each", "validDays", nullif("linkTerms", 'null')
        from jsonb_to_recordset(${JSON.stringify(gives.map((give, i) => ({ ...give, number: i + 1 })))}::jsonb) as g (number smallint, "offerCode" text,
          "as" text, "tierCodes" text[], "each" integer, "validDays" integer, "linkTerms" jsonb)`,
  )
}
