import { trace } from '../audit/audit.service.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { transact, type World } from '../shell/world.ts'
import { readShop } from '../shops/shop.service.ts'
import type { Template, WantedTemplate } from './template.model.ts'
import { readTemplate } from './template.rules.ts'
import { countTemplateRows, findTemplates, findTemplateVersion, insertTemplate, listTemplateRows } from './template.store.ts'

/** A new version of the template of this code; messages from then on are written from it. */
export function saveTemplate(world: World, wanted: WantedTemplate): Promise<Result<Template, Problem>> {
  return transact(world, async (tx) => {
    const checked = readTemplate(wanted, await readShop(tx))
    if (!checked.ok) return checked
    const saved = await insertTemplate(tx, checked.value)
    await trace(tx, { action: 'saveMessageTemplate', target: `template/${saved.code}`, after: saved })
    return accept(saved)
  })
}

/** The newest version of each of these codes, by code. */
export const templatesByCode = async (world: World, codes: readonly string[]): Promise<ReadonlyMap<string, Template>> =>
  new Map((await findTemplates(world, [...new Set(codes)])).map((template) => [template.code, template]))

/** A version of a template; null: the newest. */
export const findTemplate = (world: World, code: string, version: number | null): Promise<Template | null> =>
  findTemplateVersion(world, code, version)

export async function getTemplate(world: World, code: string, version: number | null): Promise<Result<Template, Problem>> {
  const template = await findTemplateVersion(world, code, version)
  return template === null ? refuse(problem('NOT_FOUND', `There is no template "${code.slice(0, 200)}".`, ['code'])) : accept(template)
}

export const listTemplates = async (world: World, request: PageRequest): Promise<Page<Template>> =>
  page(await listTemplateRows(world, request), request, ({ code }) => code)

export const countTemplates = (world: World): Promise<number> => countTemplateRows(world)
