import { asTexts, atInstant, rowOf, rowsOf, sql, toInstant } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import { DEFAULT_MAP, type RfmMap } from './rfm-map.model.ts'
import type { Figures } from './score.model.ts'

/** The shop's own m and q; null: it has none. */
export async function readRhythmSetting({ em, shopId }: World): Promise<Figures | null> {
  return rowOf<Figures>(em, sql`select median_days as "medianDays", p90_days as "p90Days" from score_setting where shop_id = ${shopId}`)
}

export async function writeRhythmSetting({ em, shopId }: World, figures: Figures | null): Promise<void> {
  await rowsOf(
    em,
    figures === null
      ? sql`delete from score_setting where shop_id = ${shopId}`
      : sql`insert into score_setting (shop_id, median_days, p90_days) values (${shopId}, ${figures.medianDays}, ${figures.p90Days})
            on conflict (shop_id) do update set median_days = excluded.median_days, p90_days = excluded.p90_days`,
  )
}

type MapFigures = { version: number; name: string; kind: RfmMap['kind']; cells: string[]; saved_at: string }
const toMap = ({ saved_at, ...map }: MapFigures): RfmMap => ({ ...map, savedAt: toInstant(saved_at) })

/** The newest version; the one that every shop begins with while it has none of its own. */
export async function readMap({ em, shopId }: World): Promise<RfmMap> {
  const row = await rowOf<MapFigures>(
    em,
    sql`select version, name, kind, cells, saved_at from rfm_map where shop_id = ${shopId} order by version desc limit 1`,
  )
  return row === null ? DEFAULT_MAP : toMap(row)
}

export async function insertMap({ em, shopId, now }: World, { version, name, kind, cells }: RfmMap): Promise<void> {
  await rowsOf(
    em,
    sql`insert into rfm_map (shop_id, version, name, kind, cells, saved_at)
        values (${shopId}, ${version}, ${name}, ${kind}, ${asTexts(cells)}, ${atInstant(now)})`,
  )
}
