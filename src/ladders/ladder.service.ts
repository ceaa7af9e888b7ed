import type { Page, PageRequest } from '../kernel/page.ts'
import type { Problem } from '../kernel/problem.ts'
import type { Result } from '../kernel/result.ts'
import type { RuleOf, RuleStatus } from '../pricebook/rule.model.ts'
import { findRuleOf, numberOfRules, pageOfRules, saveDraft } from '../pricebook/rule.service.ts'
import type { World } from '../shell/world.ts'
import type { WantedLadder } from './ladder.model.ts'
import { readLadder } from './ladder.rules.ts'

/** Creates or replaces the draft of a ladder, whole; what is published stays until the draft is. */
export const saveLadder = (
  world: World,
  wanted: WantedLadder,
  expectedVersion: number | null,
): Promise<Result<RuleOf<'LADDER'>, Problem>> =>
  saveDraft<'LADDER'>(world, 'saveLadder', (tierOf) => readLadder(wanted, tierOf), expectedVersion)

export const findLadder = (world: World, code: string): Promise<RuleOf<'LADDER'> | null> => findRuleOf(world, 'LADDER', code)

/** In the order of their codes. */
export const listLadders = (world: World, status: RuleStatus | null, request: PageRequest): Promise<Page<RuleOf<'LADDER'>>> =>
  pageOfRules(world, 'LADDER', status, request)

export const countLadders = (world: World, status: RuleStatus | null): Promise<number> => numberOfRules(world, 'LADDER', status)
