import type { Step } from './campaign.model.ts'

/** The channels that somebody carries, and by which channels each template that there is says something. */
export type Carried = {
  readonly channels: ReadonlySet<string>
  readonly says: ReadonlyMap<string, ReadonlySet<string>>
}

/** Why a step could reach nobody; null: it can. */
export function stepFault({ number, channels, templateCode }: Step, { channels: carried, says }: Carried): string | null {
  const template = says.get(templateCode)
  if (template === undefined) return `Step ${number} says template "${templateCode}", and there is none: save it first.`
  const able = channels.filter((channel) => carried.has(channel))
  if (able.length === 0) return `Nobody carries ${channels.join(' or ')}, by which step ${number} goes: save a provider for it first.`
  return able.some((channel) => template.has(channel))
    ? null
    : `Template "${templateCode}" of step ${number} says nothing by ${able.join(' or ')}: save it with a variant for that.`
}
