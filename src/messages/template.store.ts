import type { PageRequest } from '../kernel/page.ts'
import { asJson, asTexts, atInstant, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Template, WantedTemplate } from './template.model.ts'
import { TEMPLATE, type TemplateColumns, toTemplate } from './template.row.ts'

/** The newest version of each of these; what is not there is left out. */
export async function findTemplates({ em, shopId }: World, codes: readonly string[]): Promise<Template[]> {
  const rows = await rowsOf<TemplateColumns>(
    em,
    sql`select distinct on (t.code) ${TEMPLATE} from message_template t
        where t.shop_id = ${shopId} and t.code = any(${asTexts(codes)}) order by t.code, t.version desc`,
  )
  return rows.map(toTemplate)
}

/** One version; null: the newest. */
export async function findTemplateVersion({ em, shopId }: World, code: string, version: number | null): Promise<Template | null> {
  const row = await rowOf<TemplateColumns>(
    em,
    sql`select ${TEMPLATE} from message_template t where t.shop_id = ${shopId} and t.code = ${code}
          and (${version}::integer is null or t.version = ${version}) order by t.version desc limit 1`,
  )
  return row && toTemplate(row)
}

/** The newest version of each, in the order of their codes. */
export async function listTemplateRows({ em, shopId }: World, request: PageRequest): Promise<Template[]> {
  const rows = await rowsOf<TemplateColumns>(
    em,
    sql`select distinct on (t.code) ${TEMPLATE} from message_template t
        where t.shop_id = ${shopId} and (${request.after}::text is null or t.code > ${request.after} collate "C")
        order by t.code, t.version desc limit ${request.first + 1}`,
  )
  return rows.map(toTemplate)
}

export async function countTemplateRows({ em, shopId }: World): Promise<number> {
  const row = await rowOf<{ n: string }>(em, sql`select count(distinct code) as n from message_template where shop_id = ${shopId}`)
  return Number(row?.n ?? 0)
}

/** The next version of a code. Whoever else saves it at once waits for the shop's row. */
export async function insertTemplate({ em, shopId, now }: World, wanted: WantedTemplate): Promise<Template> {
  await rowsOf(em, sql`select pg_advisory_xact_lock(hashtextextended(${`message_template/${shopId}/${wanted.code}`}, 0))`)
  const row = await rowOf<TemplateColumns>(
    em,
    sql`insert into message_template as t (shop_id, code, version, name, variants, created_at)
        values (${shopId}, ${wanted.code}, (select coalesce(max(version), 0) + 1 from message_template where shop_id = ${shopId} and code = ${wanted.code}),
          ${wanted.name}, ${asJson(wanted.variants)}, ${atInstant(now)}) returning ${TEMPLATE}`,
  )
  if (row === null) throw new Error('a template was not kept')
  return toTemplate(row)
}
