import type { Id } from '../kernel/id.ts'
import type { PageRequest } from '../kernel/page.ts'
import { newId } from '../shell/ids.ts'
import { asJson, asTexts, asUuids, atInstant, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Company, WantedCompany } from './company.model.ts'
import { type CompanyColumns, toCompany } from './company.row.ts'

const COMPANY = sql`id, external_id, name, industry, certified, tier_id, created_at`

/**
 * Creates and updates companies, however many, in two statements; the ids of those that are new or changed are the answer. Rows are
 * written in the order of their external ids, so that two calls at once wait for each other and never in a circle.
 */
export async function writeCompanies({ em, shopId, now }: World, companies: readonly WantedCompany[]): Promise<string[]> {
  const rows = companies.map((company) => ({
    id: newId(),
    external_id: company.externalId,
    name: company.name,
    industry: company.industry,
    certified: company.certified,
  }))
  const written = await rowsOf<{ id: string }>(
    em,
    sql`insert into company as c (shop_id, id, external_id, name, industry, certified, created_at)
        select ${shopId}::integer, w.id, w.external_id, w.name, nullif(w.industry, ''), coalesce(w.certified, false), ${atInstant(now)}
        from jsonb_to_recordset(${asJson(rows)}) as w (id uuid, external_id text, name text, industry text, certified boolean)
        order by w.external_id
        on conflict (shop_id, external_id) do nothing
        returning c.id`,
  )
  const changed = await rowsOf<{ id: string }>(
    em,
    sql`with wanted as (
          select * from jsonb_to_recordset(${asJson(rows)}) as w (external_id text, name text, industry text, certified boolean)),
        held as (
          select c.id from company c join wanted w on w.external_id = c.external_id
          where c.shop_id = ${shopId} order by c.external_id for no key update of c)
        update company c set name = w.name,
          industry = case when w.industry is null then c.industry else nullif(w.industry, '') end,
          certified = coalesce(w.certified, c.certified)
        from wanted w, held h
        where c.shop_id = ${shopId} and c.external_id = w.external_id and c.id = h.id
          and (c.name <> w.name or (w.industry is not null and c.industry is distinct from nullif(w.industry, ''))
            or c.certified <> coalesce(w.certified, c.certified))
        returning c.id`,
  )
  return [...written, ...changed].map((row) => row.id)
}

/** By id, in any order; what is not there is left out. */
export async function findCompanies({ em, shopId }: World, ids: readonly string[]): Promise<Company[]> {
  const rows = await rowsOf<CompanyColumns>(em, sql`select ${COMPANY} from company where shop_id = ${shopId} and id = any(${asUuids(ids)})`)
  return rows.map(toCompany)
}

export async function findCompanyByExternalId({ em, shopId }: World, externalId: string): Promise<Company | null> {
  const row = await rowOf<CompanyColumns>(em, sql`select ${COMPANY} from company where shop_id = ${shopId} and external_id = ${externalId}`)
  return row && toCompany(row)
}

/** The ids of those that there are, by external id. */
export async function findIds({ em, shopId }: World, externalIds: readonly string[]): Promise<Map<string, Id<'Company'>>> {
  const rows = await rowsOf<{ id: string; external_id: string }>(
    em,
    sql`select id, external_id from company where shop_id = ${shopId} and external_id = any(${asTexts(externalIds)})`,
  )
  return new Map(rows.map((row) => [row.external_id, row.id as Id<'Company'>]))
}

/** In the order of their ids, which is that of their making. */
export async function listCompanies({ em, shopId }: World, request: PageRequest): Promise<Company[]> {
  const rows = await rowsOf<CompanyColumns>(
    em,
    sql`select ${COMPANY} from company
        where shop_id = ${shopId} and (${request.after}::uuid is null or id > ${request.after}::uuid)
        order by id limit ${request.first + 1}`,
  )
  return rows.map(toCompany)
}

export async function countCompanies({ em, shopId }: World): Promise<number> {
  const row = await rowOf<{ n: string }>(em, sql`select count(*) as n from company where shop_id = ${shopId}`)
  return Number(row?.n ?? 0)
}
