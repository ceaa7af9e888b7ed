import { trace } from '../audit/audit.service.ts'
import { type Problem } from '../kernel/problem.ts'
import { accept, type Result } from '../kernel/result.ts'
import { transact, type World } from '../shell/world.ts'
import { readShop } from '../shops/shop.service.ts'
import type { Template, WantedTemplate } from './template.model.ts'
import { readTemplate } from './template.rules.ts'
import { findTemplates, insertTemplate } from './template.store.ts'

/** A new version of the template of this code; messages from then on are written from it. */
export function saveTemplate(world: World, wanted: WantedTemplate): Promise<Result<Template, Problem>> {
  return transact(world, async (tx) => {
    const checked = readTemplate(wanted, await readShop(tx))
    if (!checked.ok) return checked
    const saved = await insertTemplate(tx, checked.value)
    await trace(tx, { action: 'saveTemplate', target: `template/${saved.code}`, after: saved })
    return accept(saved)
  })
}

/** The newest version of each of these codes, by code. */
export const templatesByCode = async (world: World, codes: readonly string[]): Promise<ReadonlyMap<string, Template>> =>
  new Map((await findTemplates(world, [...new Set(codes)])).map((template) => [template.code, template]))
