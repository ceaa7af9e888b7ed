import type { Page, PageRequest } from '../kernel/page.ts'
import type { Problem } from '../kernel/problem.ts'
import type { Result } from '../kernel/result.ts'
import type { RuleOf, RuleStatus } from '../pricebook/rule.model.ts'
import { findRuleOf, numberOfRules, pageOfRules, saveDraft } from '../pricebook/rule.service.ts'
import { transact, type World } from '../shell/world.ts'
import type { WantedOffer } from './offer.model.ts'
import { readOffer } from './offer.rules.ts'
import { beginCounting } from './usage.store.ts'

/** Creates or replaces the draft of an offer, whole; what is published stays until the draft is. */
export const saveOffer = (world: World, wanted: WantedOffer, expectedVersion: number | null): Promise<Result<RuleOf<'OFFER'>, Problem>> =>
  transact(world, async (tx) => {
    const saved = await saveDraft<'OFFER'>(tx, 'saveOffer', (tierOf) => readOffer(wanted, tierOf), expectedVersion)
    if (saved.ok) await beginCounting(tx, saved.value.id)
    return saved
  })

export const findOffer = (world: World, code: string): Promise<RuleOf<'OFFER'> | null> => findRuleOf(world, 'OFFER', code)

/** In the order of their codes. */
export const listOffers = (world: World, status: RuleStatus | null, request: PageRequest): Promise<Page<RuleOf<'OFFER'>>> =>
  pageOfRules(world, 'OFFER', status, request)

export const countOffers = (world: World, status: RuleStatus | null): Promise<number> => numberOfRules(world, 'OFFER', status)
