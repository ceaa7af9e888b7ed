import type { CustomerRef, TouchPurpose } from '../customers/customer.model.ts'
import { customersByIds, findCustomerId } from '../customers/customer.service.ts'
import { type Problem, problem, within } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { publicUrl } from '../shell/public-url.ts'
import type { World } from '../shell/world.ts'
import { readShop } from '../shops/shop.service.ts'
import type { MessageChannel, MessageContent } from './message.model.ts'
import type { Template, WantedTemplate } from './template.model.ts'
import { readTemplate, variantFor, writeVariant } from './template.rules.ts'
import { getTemplate } from './template.service.ts'
import { EXAMPLE, GIVEN, type Variables } from './variables.model.ts'
import { known, readersOf } from './variables.service.ts'

export type WantedPreview = {
  readonly code: string | null
  readonly draft: WantedTemplate | null
  readonly channel: MessageChannel
  readonly customer: CustomerRef | null
  readonly language: string | null
  readonly tierCode: string | null
  readonly purpose: TouchPurpose
  readonly variables: unknown
}

export type Preview = {
  readonly content: MessageContent | null
  readonly fault: string | null
  readonly language: string | null
  readonly tierCode: string | null
}

type Seen = {
  readonly language: string | null
  readonly tierCode: string | null
  readonly name: string | null
  readonly variables: Variables
}

/** What somebody would be sent, or why it could not be written for them. Nothing is sent, and nothing kept. */
export async function previewTemplate(world: World, wanted: WantedPreview): Promise<Result<Preview, Problem>> {
  const template = await templateOf(world, wanted)
  if (!template.ok) return template
  const reader = await seenBy(world, wanted.customer)
  if (!reader.ok) return reader
  const seen = { ...reader.value, language: wanted.language ?? reader.value.language, tierCode: wanted.tierCode ?? reader.value.tierCode }
  const variant = variantFor({ ...template.value, version: 0, createdAt: world.now }, wanted.channel, seen)
  if (variant === null) return refuse(problem('BAD_USER_INPUT', `The template says nothing by ${wanted.channel}.`, ['input', 'channel']))
  const given = wanted.variables == null ? Object.fromEntries(GIVEN.map((name) => [name, EXAMPLE[name]])) : known(wanted.variables)
  const variables = { ...given, ...seen.variables, unsubscribe_url: `${publicUrl(world.memory) ?? 'https://regulars.example'}/m/u/…` }
  const { language, tierCode } = variant
  const content = writeVariant(variant, variables, await readShop(world), {
    isMarketing: wanted.purpose === 'MARKETING',
    recipientName: seen.name,
    language: seen.language,
  })
  return accept(
    content.ok
      ? { content: content.value, fault: null, language, tierCode }
      : { content: null, fault: content.problem, language, tierCode },
  )
}

async function templateOf(
  world: World,
  { code, draft }: WantedPreview,
): Promise<Result<Pick<Template, 'code' | 'name' | 'variants'>, Problem>> {
  if ((code === null) === (draft === null)) return refuse(problem('BAD_USER_INPUT', 'Say code or draft, one of them.', ['input']))
  if (draft !== null) {
    const read = readTemplate(draft, await readShop(world))
    return read.ok ? read : refuse({ ...read.problem, path: ['input', 'draft', ...(read.problem.path ?? []).slice(1)] })
  }
  const found = await getTemplate(world, code ?? '', null)
  return found.ok ? found : refuse(within(found.problem, 'input'))
}

async function seenBy(world: World, ref: CustomerRef | null): Promise<Result<Seen, Problem>> {
  if (ref === null) {
    const { customer, shop, last_product, usual_product } = EXAMPLE
    return accept({ language: null, tierCode: null, name: customer.name, variables: { customer, shop, last_product, usual_product } })
  }
  const id = await findCustomerId(world, ref)
  if (!id.ok) return refuse(within(id.problem, 'input', 'customer'))
  const customers = await customersByIds(world, [id.value])
  const reader = (await readersOf(world, customers)).get(id.value)
  if (reader === undefined) throw new Error('a customer was found and is not there')
  const { customer, tier, variables } = reader
  return accept({ language: customer.language, tierCode: tier?.code ?? null, name: customer.name, variables })
}
