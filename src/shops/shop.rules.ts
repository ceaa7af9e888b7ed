import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isWord } from '../kernel/text.ts'
import { isTimeZone } from '../kernel/zone.ts'
import type { Shop, ShopChange } from './shop.model.ts'

/** Whether a shop may become what the change says. The currency is fixed once there is money in the shop: amounts would change their meaning. */
export function change(shop: Shop, wanted: ShopChange, hasMoney: boolean): Result<Shop, Problem> {
  const next = { ...shop, ...wanted }
  if (!isWord(next.name, 200)) return refuse(problem('BAD_USER_INPUT', 'name must have 1 to 200 printable characters.', ['input', 'name']))
  if (!isTimeZone(next.timeZone))
    return refuse(problem('BAD_USER_INPUT', `"${next.timeZone}" is not an IANA time zone such as Asia/Shanghai.`, ['input', 'timeZone']))
  if (next.currency !== shop.currency && hasMoney)
    return refuse(
      problem('CONFLICT', `The currency stays ${shop.currency}: the shop has products, orders or rules with amounts in it.`, [
        'input',
        'currency',
      ]),
    )
  for (const field of ['privateLinkUrl', 'privateLinkPage'] as const) {
    const template = next[field]
    if (template !== null && !isLinkTemplate(template))
      return refuse(problem('BAD_USER_INPUT', `${field} must be an http or https address with {token} in it.`, ['input', field]))
  }
  if (next.privateLinkPage !== null && leadsBack(next.privateLinkPage, next.privateLinkUrl))
    return refuse(
      problem(
        'BAD_USER_INPUT',
        'privateLinkPage must be another address than privateLinkUrl: who opens a link would be sent in a circle.',
        ['input', 'privateLinkPage'],
      ),
    )
  if (!Number.isInteger(next.priorPriceDays) || next.priorPriceDays < 1 || next.priorPriceDays > MOST_DAYS)
    return refuse(problem('BAD_USER_INPUT', `priorPriceDays must be a whole number from 1 to ${MOST_DAYS}.`, ['input', 'priorPriceDays']))
  return accept(next)
}

const MOST_DAYS = 365

const MAX_TEMPLATE = 2_000

function isLinkTemplate(template: string): boolean {
  if (!isWord(template, MAX_TEMPLATE)) return false
  if (!template.includes('{token}') || !URL.canParse(template.replaceAll('{token}', 'token'))) return false
  return ['http:', 'https:'].includes(exampleOf(template).protocol)
}

const leadsBack = (page: string, url: string | null): boolean => url !== null && exampleOf(page).href === exampleOf(url).href
const exampleOf = (template: string): URL => new URL(template.replaceAll('{token}', 'token'))

export const isShopCode = (code: string): boolean => /^[a-z0-9][a-z0-9-]{0,39}$/.test(code)
