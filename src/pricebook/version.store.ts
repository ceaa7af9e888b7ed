import type { PageRequest } from '../kernel/page.ts'
import { asUuids, rowOf, rowsOf, sql, toInstantOrNull } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import { codeKey, type RuleKind, type RuleVersion, type Terms, type VersionState } from './rule.model.ts'

const VERSION = sql`v.version, v.state, v.terms, v.published_at, v.ended_at,
  (select p.effective_at from scheduled_publication p where p.shop_id = v.shop_id and p.id = v.publication_id) as scheduled_for`

type Row = {
  version: number
  state: VersionState
  terms: Terms
  published_at: string | null
  ended_at: string | null
  scheduled_for: string | null
}

const toVersion = (row: Row): RuleVersion => ({
  version: row.version,
  terms: row.terms,
  state: row.state,
  scheduledFor: toInstantOrNull(row.scheduled_for),
  publishedAt: toInstantOrNull(row.published_at),
  endedAt: toInstantOrNull(row.ended_at),
})

/** For each rule the first of its versions after the cursor, the newest first, and one more. */
export async function listVersionRows(
  { em, shopId }: World,
  ruleIds: readonly string[],
  request: PageRequest,
): Promise<Map<string, RuleVersion[]>> {
  const rows = await rowsOf<Row & { rule_id: string }>(
    em,
    sql`select wanted.id as rule_id, h.* from unnest(${asUuids(ruleIds)}) as wanted(id) cross join lateral (
          select ${VERSION} from rule_version v
          where v.shop_id = ${shopId} and v.rule_id = wanted.id and (${request.after}::integer is null or v.version < ${request.after}::integer)
          order by v.version desc limit ${request.first + 1}
        ) h order by wanted.id, h.version desc`,
  )
  return new Map(
    Array.from(
      Map.groupBy(rows, (row) => row.rule_id),
      ([id, own]) => [id, own.map(toVersion)],
    ),
  )
}

export async function countVersionRows({ em, shopId }: World, ruleIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await rowsOf<{ rule_id: string; n: string }>(
    em,
    sql`select rule_id, count(*) as n from rule_version where shop_id = ${shopId} and rule_id = any(${asUuids(ruleIds)}) group by rule_id`,
  )
  return new Map(rows.map((row) => [row.rule_id, Number(row.n)]))
}

/** One version of the rule of a code, whatever its case; of a kind, or of any (null). */
export async function findVersionRow(
  { em, shopId }: World,
  kind: RuleKind | null,
  code: string,
  version: number,
): Promise<RuleVersion | null> {
  const row = await rowOf<Row>(
    em,
    sql`select ${VERSION} from rule r join rule_version v on v.shop_id = r.shop_id and v.rule_id = r.id
        where r.shop_id = ${shopId} and r.code_key = ${codeKey(code)} and (${kind}::text is null or r.kind = ${kind}) and v.version = ${version}`,
  )
  return row && toVersion(row)
}
