import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import type { PageRequest } from '../kernel/page.ts'
import { asJson, asTexts, asUuids, atInstant, rowOf, rowsOf, sql, toInstantOrNull } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { BookVersion } from '../shops/shop.model.ts'
import { codeKey, type DraftedRule, type Rule, type RuleKind, type RuleStatus, type Terms, UNPUBLISHED } from './rule.model.ts'

const RULES = sql`
  select r.id, r.kind, r.code, r.level, r.status,
         d.version as draft_version, d.terms as draft_terms,
         p.version as published_version, p.terms as published_terms, p.published_at, r.last_version,
         (select s.effective_at from scheduled_publication s where s.shop_id = p.shop_id and s.id = p.publication_id) as scheduled_for,
         exists (select 1 from rule_version v where v.shop_id = r.shop_id and v.rule_id = r.id and v.state <> 'DRAFT') as was_published
  from rule r
  left join rule_version d on d.shop_id = r.shop_id and d.rule_id = r.id and d.state = 'DRAFT'
  left join rule_version p on p.shop_id = r.shop_id and p.rule_id = r.id and p.state = 'PUBLISHED'`

/** Rules by code, whatever its case, in the order of their codes; what is not there is left out. */
export async function findRules({ em, shopId }: World, codes: readonly string[]): Promise<Rule[]> {
  const rows = await rowsOf<Row>(
    em,
    sql`${RULES} where r.shop_id = ${shopId} and r.code_key = any(${asTexts(codes.map(codeKey))}) order by r.code_key`,
  )
  return rows.map(toRule)
}

export async function listRules({ em, shopId }: World, kind: RuleKind, status: RuleStatus | null, request: PageRequest): Promise<Rule[]> {
  const rows = await rowsOf<Row>(
    em,
    sql`${RULES} where r.shop_id = ${shopId} and r.kind = ${kind} and (${status}::text is null or r.status = ${status})
          and (${request.after}::text is null or r.code_key > ${request.after})
        order by r.code_key limit ${request.first + 1}`,
  )
  return rows.map(toRule)
}

export async function countRules({ em, shopId }: World, kind: RuleKind, status: RuleStatus | null): Promise<number> {
  const row = await rowOf<{ n: string }>(
    em,
    sql`select count(*) as n from rule where shop_id = ${shopId} and kind = ${kind} and (${status}::text is null or status = ${status})`,
  )
  return Number(row?.n ?? 0)
}

/** `scheduledFor`: the instant that was set for this version; null: it was made there and then. */
type BookRules = { readonly version: number; readonly scheduledFor: Instant | null; readonly terms: Terms[] }

/** All that is in force, with the version of the book it makes: read in one statement, so the two belong together. */
export async function readBookRules({ em, shopId }: World): Promise<BookRules> {
  const row = await rowOf<{ version: number; scheduled_for: string | null; terms: Terms[] }>(
    em,
    sql`select b.version,
          (select n.since from price_book_version n where n.shop_id = b.shop_id and n.version = b.version and n.scheduled) as scheduled_for,
          coalesce((select jsonb_agg(v.terms order by r.code_key) from rule r
                    join rule_version v on v.shop_id = r.shop_id and v.rule_id = r.id and v.state = 'PUBLISHED'
                    where r.shop_id = b.shop_id), '[]') as terms
        from price_book b where b.shop_id = ${shopId}`,
  )
  return row
    ? { version: row.version, scheduledFor: toInstantOrNull(row.scheduled_for), terms: row.terms }
    : { version: 1, scheduledFor: null, terms: [] }
}

/** All that was in force in a version of the book. */
export async function readRulesOfVersion({ em, shopId }: World, version: number): Promise<Terms[]> {
  const rows = await rowsOf<{ terms: Terms }>(
    em,
    sql`select v.terms from rule_version v join rule r on r.shop_id = v.shop_id and r.id = v.rule_id
        where v.shop_id = ${shopId} and v.published_in <= ${version} and (v.ended_in is null or v.ended_in > ${version})
        order by r.code_key`,
  )
  return rows.map((row) => row.terms)
}

/** The rule with its draft, new or replaced. A draft that is saved again is a new version in the old one's place. */
export async function writeDraft(world: World, rule: DraftedRule): Promise<void> {
  const { em, shopId, now } = world
  await rowsOf(
    em,
    sql`insert into rule (shop_id, id, kind, code, code_key, level, status, last_version, created_at)
        values (${shopId}, ${rule.id}, ${rule.kind}, ${rule.code}, ${codeKey(rule.code)}, ${rule.level}, 'DRAFT', ${rule.lastVersion}, ${atInstant(now)})
        on conflict (shop_id, id) do update set last_version = excluded.last_version, level = excluded.level`,
  )
  await dropDraft(world, rule)
  await rowsOf(
    em,
    sql`insert into rule_version (shop_id, rule_id, version, state, terms, saved_at)
        values (${shopId}, ${rule.id}, ${rule.draft.version}, 'DRAFT', ${asJson(rule.draft.terms)}, ${atInstant(now)})`,
  )
  await settleStatus(world, [rule.id])
}

/** Takes a draft away; a rule that was never published goes with it. */
export async function removeDraft(world: World, rule: Rule): Promise<void> {
  await dropDraft(world, rule)
  if (rule.wasPublished) await settleStatus(world, [rule.id])
  else await rowsOf(world.em, sql`delete from rule where shop_id = ${world.shopId} and id = ${rule.id}`)
}

async function dropDraft({ em, shopId }: World, rule: Rule): Promise<void> {
  await rowsOf(em, sql`delete from rule_version where shop_id = ${shopId} and rule_id = ${rule.id} and state = 'DRAFT'`)
}

/** The one place that says what a rule's status follows from: what is in force, else what waits, else neither. */
export async function settleStatus({ em, shopId }: World, ids: readonly string[]): Promise<void> {
  await rowsOf(
    em,
    sql`update rule r set status = coalesce(
          (select v.state from rule_version v where v.shop_id = r.shop_id and v.rule_id = r.id and v.state = 'PUBLISHED'),
          (select 'DRAFT' from rule_version v where v.shop_id = r.shop_id and v.rule_id = r.id and v.state in ('DRAFT', 'SCHEDULED') limit 1),
          'RETIRED')
        where r.shop_id = ${shopId} and r.id = any(${asUuids(ids)})`,
  )
}

/** Drafts go into force and what they replace out of it, as a version of the book: as many statements for a thousand rules as for one. */
export async function putInForce(world: World, rules: readonly Rule[], book: BookVersion): Promise<void> {
  const ids = rules.map((rule) => rule.id)
  await endPublished(world, ids, book)
  await rowsOf(
    world.em,
    sql`update rule_version set state = 'PUBLISHED', published_at = ${atInstant(book.since)}, published_in = ${book.version}
        where shop_id = ${world.shopId} and rule_id = any(${asUuids(ids)}) and state = 'DRAFT'`,
  )
  await settleStatus(world, ids)
}

/** Out of force. A draft that waits stays one. */
export async function takeOutOfForce(world: World, rules: readonly Rule[], book: BookVersion): Promise<void> {
  const ids = rules.map((rule) => rule.id)
  await endPublished(world, ids, book)
  await settleStatus(world, ids)
}

export async function endPublished({ em, shopId }: World, ids: readonly string[], book: BookVersion): Promise<void> {
  await rowsOf(
    em,
    sql`update rule_version set state = 'SUPERSEDED', ended_at = ${atInstant(book.since)}, ended_in = ${book.version}
        where shop_id = ${shopId} and rule_id = any(${asUuids(ids)}) and state = 'PUBLISHED'`,
  )
}

/** The code of a rule, drafted, set for an instant or in force, that names this tier; null when none does. */
export async function findRuleNamingTier({ em, shopId }: World, tierCode: string): Promise<string | null> {
  const row = await rowOf<{ code: string }>(
    em,
    sql`select r.code from rule r join rule_version v on v.shop_id = r.shop_id and v.rule_id = r.id
        where r.shop_id = ${shopId} and v.state in ('DRAFT', 'SCHEDULED', 'PUBLISHED')
          and (jsonb_path_exists(v.terms, '$.rungs[*] ? (@.tierCode == $code)', jsonb_build_object('code', ${tierCode}::text))
            or jsonb_path_exists(v.terms, '$.order.steps[*] ? (@.minTier == $code || @.gifts[*].minTier == $code)', jsonb_build_object('code', ${tierCode}::text)))
        order by r.code_key limit 1`,
  )
  return row?.code ?? null
}

/** Whether a coupon has this code: in a cart it would not be known which of the two is meant. Who calls it holds the book, and so does whoever makes coupons. */
export async function isCouponCode({ em, shopId }: World, code: string): Promise<boolean> {
  const row = await rowOf<{ taken: boolean }>(
    em,
    sql`select exists (select 1 from coupon where shop_id = ${shopId} and code_key = ${codeKey(code)}) as taken`,
  )
  return row?.taken ?? false
}

/** The campaign of which an offer is, or was, or is set to be in force; null: of none. */
export async function campaignOnceOf({ em, shopId }: World, ruleId: string): Promise<string | null> {
  const row = await rowOf<{ campaign: string }>(
    em,
    sql`select terms ->> 'campaign' as campaign from rule_version
        where shop_id = ${shopId} and rule_id = ${ruleId}::uuid and state <> 'DRAFT' and terms ->> 'campaign' is not null
        order by version desc limit 1`,
  )
  return row?.campaign ?? null
}

type Row = {
  id: string
  kind: RuleKind
  code: string
  level: Rule['level']
  status: RuleStatus
  draft_version: number | null
  draft_terms: Terms | null
  published_version: number | null
  published_terms: Terms | null
  published_at: string | null
  scheduled_for: string | null
  last_version: number
  was_published: boolean
}

const inForceSince = (published: string | null, scheduled: string | null) => ({
  state: 'PUBLISHED' as const,
  scheduledFor: toInstantOrNull(scheduled),
  publishedAt: toInstantOrNull(published),
  endedAt: null,
})

const toRule = (row: Row): Rule => ({
  id: row.id as Id<'Rule'>,
  kind: row.kind,
  code: row.code,
  level: row.level,
  status: row.status,
  draft:
    row.draft_version !== null && row.draft_terms !== null ? { version: row.draft_version, terms: row.draft_terms, ...UNPUBLISHED } : null,
  published:
    row.published_version !== null && row.published_terms !== null
      ? { version: row.published_version, terms: row.published_terms, ...inForceSince(row.published_at, row.scheduled_for) }
      : null,
  wasPublished: row.was_published,
  lastVersion: row.last_version,
})

export type Audience = { readonly kind: RuleKind; readonly code: string; readonly audience: string }

/** The audiences in which a word is written, in any case, of drafts, of what is set for an instant, and of what is in force. */
export async function findAudiences({ em, shopId }: World, word: string): Promise<Audience[]> {
  return rowsOf<Audience>(
    em,
    sql`select r.kind, r.code, v.terms ->> 'audience' as audience
        from rule r join rule_version v on v.shop_id = r.shop_id and v.rule_id = r.id and v.state in ('DRAFT', 'SCHEDULED', 'PUBLISHED')
        where r.shop_id = ${shopId} and strpos(lower(v.terms ->> 'audience'), ${word}) > 0 order by r.code_key`,
  )
}
