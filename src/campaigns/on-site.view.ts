import { wordsFor } from './on-site.rules.ts'
import type { ShopperCampaignView } from './on-site.schema.ts'
import type { ShownCampaign } from './on-site.service.ts'

/** A campaign in the shopper's words: of the language that is asked for; if none is, of their own. */
export function toShopperCampaign({ campaign, language, gifts }: ShownCampaign, asked: string | null): ShopperCampaignView[] {
  const { code, onSite, endsAt } = campaign
  if (onSite === null) return []
  return [
    {
      code,
      ...wordsFor(onSite, asked ?? language),
      url: onSite.url,
      validUntil: dateOf(endsAt),
      gifts: gifts.map(({ validUntil, ...gift }) => ({ ...gift, validUntil: dateOf(validUntil) })),
    },
  ]
}

const dateOf = (at: number | null): Date | null => (at === null ? null : new Date(at))
