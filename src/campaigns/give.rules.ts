import type { Instant } from '../kernel/clock.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { readLink } from '../links/link-terms.model.ts'
import { bad, eachFault, firstOf, inside, LONGEST_WORD, readEach, tooMany, wholeFault, wordFault } from '../pricebook/checks.model.ts'
import type { RuleOf } from '../pricebook/rule.model.ts'
import type { Offer } from '../pricing/rule.ts'
import type { Give, GiveLink } from './campaign.model.ts'
import type { WantedGive, WantedGiveLink } from './wanted.model.ts'

const MOST_GIVES = 20

/** What a campaign is to give, in its order. `name`: what its links are called that have no name of their own. */
export function readGives(wanted: readonly WantedGive[], name: string): Result<readonly Give[], Problem> {
  if (wanted.length > MOST_GIVES) return refuse(tooMany('things that a campaign gives', MOST_GIVES, 'gives'))
  return readEach(wanted, 'gives', (give) => readGive(give, name))
}

function readGive(wanted: WantedGive, name: string): Result<Give, Problem> {
  const tierCodes = wanted.tierCodes ?? []
  const fault = firstOf(
    partsFault(wanted),
    wanted.offerCode == null ? null : wordFault(wanted.offerCode, LONGEST_WORD, 'offerCode'),
    tierCodes.length > 50 ? tooMany('tiers', 50, 'tierCodes') : null,
    eachFault(tierCodes, 'tierCodes', (code) => wordFault(code, LONGEST_WORD, 'tierCode', [])),
    wholeFault(wanted.each, 1, 100, 'each'),
    wholeFault(wanted.validDays, 1, 3_650, 'validDays'),
  )
  if (fault !== null) return refuse(fault)
  const link = wanted.link == null ? accept(null) : inside(readGiveLink(wanted.link, name), 'link')
  if (!link.ok) return link
  return accept({
    offerCode: wanted.offerCode ?? null,
    as: wanted.as,
    tierCodes: [...new Set(tierCodes)],
    each: wanted.each ?? 1,
    validDays: wanted.validDays ?? null,
    linkTerms: link.value,
  })
}

/** Each way of giving has parts of its own; those of another are refused rather than forgotten. */
function partsFault({ as, offerCode, link, tierCodes, each, validDays }: WantedGive): Problem | null {
  if (as === 'LINK')
    return firstOf(
      link == null ? bad('A LINK says in link which products it has, at which prices.', 'link') : null,
      offerCode == null ? null : bad('A LINK has prices of its own: leave offerCode out.', 'offerCode'),
      each == null || each === 1 ? null : bad('Everybody gets one link: leave each out.', 'each'),
    )
  return firstOf(
    offerCode == null ? bad(`A${as === 'OFFER' ? 'n' : ''} ${as} names its offer in offerCode.`, 'offerCode') : null,
    link == null ? null : bad('link is for LINK: leave it out.', 'link'),
    as === 'OFFER' && (tierCodes ?? []).length > 0
      ? bad(
          "An offer is for whoever it says itself: name tiers in its audience (customer_tier = 'gold') or in its steps and gifts.",
          'tierCodes',
        )
      : null,
    as === 'OFFER' && each != null && each !== 1 ? bad('each is for COUPON: how often an offer is had it says itself.', 'each') : null,
    as === 'OFFER' && validDays != null
      ? bad('validDays is for COUPON and LINK: until when an offer holds it says itself.', 'validDays')
      : null,
  )
}

function readGiveLink(wanted: WantedGiveLink, name: string): Result<GiveLink, Problem> {
  const read = readLink({ ...wanted, name: wanted.name ?? name })
  return read.ok
    ? accept({ name: read.value.name, message: read.value.message, items: read.value.items, maxUses: read.value.maxUses })
    : read
}

/**
 * Why a campaign cannot give this offer; null when it can. `starting`: it is to be in force; before that it is enough that it is written.
 */
export function offerFault(
  { as, offerCode }: Give,
  offer: RuleOf<'OFFER'> | undefined,
  campaign: string,
  now: Instant,
  starting: boolean,
): Problem | null {
  if (offerCode === null) return null
  const conflict = (message: string): Problem => problem('CONFLICT', message, ['offerCode'])
  if (offer === undefined) return problem('NOT_FOUND', `There is no offer "${offerCode}".`, ['offerCode'])
  const terms = offer.published?.terms ?? (starting ? null : offer.draft?.terms) ?? null
  if (terms === null) return starting ? conflict(`Offer "${offer.code}" is not in force: publish it first.`) : null
  if ((terms.campaign ?? null) !== campaign) return conflict(strayed(offer.code, terms, campaign))
  if (as === 'COUPON' && terms.coupons === null)
    return conflict(`Offer "${offer.code}" is not had with coupons: save it with trigger CODE and coupons, or give it as OFFER.`)
  if (as === 'OFFER' && terms.coupons !== null && !terms.coupons.claimable)
    return conflict(`Offer "${offer.code}" is had with coupons that nobody can claim: give it as COUPON.`)
  if (starting && terms.validUntil !== null && terms.validUntil <= now)
    return conflict(`Offer "${offer.code}" is over: publish it with a later validUntil.`)
  return null
}

const strayed = (code: string, { campaign }: Offer, wanted: string): string =>
  campaign == null
    ? `Offer "${code}" is not kept for this campaign, so its control group would get it too: save it with campaign "${wanted}", and publish it.`
    : `Offer "${code}" is kept for campaign "${campaign}": those who take part in "${wanted}" could not use it. Make another offer.`
