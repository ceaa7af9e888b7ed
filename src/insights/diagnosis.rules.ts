import type { Health } from './health.model.ts'

export type Stage = 'TOO_EARLY' | 'ACQUISITION' | 'HYBRID' | 'LOYALTY'
/** A sentence for shop people. */
export type Sentence = { readonly en: string; readonly zh: string }
export type FindingName = Exclude<keyof Health, never>
export type Finding = {
  readonly name: FindingName
  readonly value: number | null
  readonly before: number | null
  readonly trend: 'BETTER' | 'WORSE' | 'SAME' | 'UNKNOWN'
  readonly sentence: Sentence
}
export type Diagnosis = {
  readonly stage: Stage
  readonly meaning: Sentence
  readonly firstThing: Sentence
  readonly findings: readonly Finding[]
}

/** Fewer customers a year than this say nothing about a shop. */
const ENOUGH = 100
/** What a share must move by to count as a change, and a count in proportion. */
const NOTABLE = 0.02
const NOTABLE_GROWTH = 0.05

/**
 * The stage by the share of new customers who come back within 90 days: below 15 % a shop lives on winning customers, above
 * 30 % on keeping them (the three modes of Kevin Hillstrom as told in A. Croll and B. Yoskovitz, Lean Analytics, O'Reilly 2013, chapter 8).
 */
export function stageOf({ yearlyCustomers, secondOrderRate }: Health): Stage {
  if (yearlyCustomers < ENOUGH || secondOrderRate === null) return 'TOO_EARLY'
  if (secondOrderRate < 0.15) return 'ACQUISITION'
  return secondOrderRate <= 0.3 ? 'HYBRID' : 'LOYALTY'
}

const MEANING: Readonly<Record<Stage, Sentence>> = {
  TOO_EARLY: {
    en: 'There are too few customers yet for shares to mean much.',
    zh: '客户还太少，比例暂时说明不了什么。',
  },
  ACQUISITION: {
    en: 'Few new customers come back within 90 days: the shop lives on winning new ones, which is the dear way.',
    zh: '新客在90天内复购的很少：店铺主要靠拉新，这是最贵的做法。',
  },
  HYBRID: {
    en: 'A fair share of new customers comes back within 90 days: keeping them now pays as much as winning more.',
    zh: '有相当一部分新客在90天内复购：留住老客与拉新同样划算。',
  },
  LOYALTY: {
    en: 'Many new customers come back within 90 days: the shop lives on its regulars, and losing one costs most.',
    zh: '很多新客在90天内复购：店铺靠老客，流失一个的代价最大。',
  },
}

const FIRST_THING: Readonly<Record<'EARLY' | 'REACH' | 'SECOND' | 'DORMANT' | 'BREADTH' | 'BEST', Sentence>> = {
  EARLY: {
    en: 'First: write down who buys. Import the whole history, and ask each customer how you may reach them.',
    zh: '先做这件事：记下谁买过。导入全部历史订单，并问清每位客户可以怎样联系。',
  },
  REACH: {
    en: 'First: ask for leave to write. Most of your customers can be reached on no channel, so no recall can work.',
    zh: '先做这件事：取得联系许可。大多数客户没有任何可用渠道，召回无从谈起。',
  },
  SECOND: {
    en: 'First: win the second order. Write to those who bought once, when others like them come back, with what goes with their first purchase.',
    zh: '先做这件事：促成第二单。在同类客户通常复购的时候，联系只买过一次的客户，推荐与首单搭配的商品。',
  },
  DORMANT: {
    en: 'First: call back those who bought twice and fell silent. They know you, and are the cheapest to win.',
    zh: '先做这件事：召回买过两次后沉默的客户。他们了解你，赢回成本最低。',
  },
  BREADTH: {
    en: 'First: offer regulars a second category. Most of them buy from one only.',
    zh: '先做这件事：向老客推荐第二个品类。他们大多只买一个品类。',
  },
  BEST: {
    en: 'First: look after the best fifth by name. They bring most of the revenue, and each that leaves is felt.',
    zh: '先做这件事：逐一维护最好的五分之一客户。他们带来大部分收入，每流失一个都有感觉。',
  },
}

/** What is wrong first is done first: who cannot be reached cannot be recalled; who never came back is no regular. */
export function firstThing(health: Health, stage: Stage): Sentence {
  if (stage === 'TOO_EARLY') return FIRST_THING.EARLY
  if ((health.reachableShare ?? 1) < 0.3) return FIRST_THING.REACH
  if (stage === 'ACQUISITION') return FIRST_THING.SECOND
  if ((health.dormantShare ?? 0) > 0.5) return FIRST_THING.DORMANT
  if ((health.categoryBreadth ?? 2) < 2) return FIRST_THING.BREADTH
  return stage === 'HYBRID' ? FIRST_THING.SECOND : FIRST_THING.BEST
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`
type Say = (value: number) => Sentence
/** Whether more is better (1), or worse (-1), or neither (0: what matters is to know it). */
const TOLD: Readonly<Record<FindingName, { readonly goodIs: 1 | 0 | -1; readonly isCount?: true; readonly say: Say }>> = {
  yearlyCustomers: {
    goodIs: 1,
    isCount: true,
    say: (n) => ({ en: `${n} customers bought within a year.`, zh: `一年内有 ${n} 位客户下单。` }),
  },
  returningShare: {
    goodIs: 1,
    say: (n) => ({ en: `${percent(n)} of them had bought before.`, zh: `其中 ${percent(n)} 是老客户。` }),
  },
  top20Share: {
    goodIs: 0,
    say: (n) => ({
      en: `The best fifth brought ${percent(n)} of the year's revenue.`,
      zh: `最好的五分之一客户带来全年 ${percent(n)} 的收入。`,
    }),
  },
  secondOrderRate: {
    goodIs: 1,
    say: (n) => ({ en: `${percent(n)} of new customers came back within 90 days.`, zh: `${percent(n)} 的新客在90天内再次下单。` }),
  },
  dormantShare: {
    goodIs: -1,
    say: (n) => ({ en: `${percent(n)} of all who ever bought have not for a year.`, zh: `买过的客户中有 ${percent(n)} 一年没有再买。` }),
  },
  categoryBreadth: {
    goodIs: 1,
    isCount: true,
    say: (n) => ({ en: `A typical customer bought from ${n} root categories within a year.`, zh: `典型客户一年内购买 ${n} 个一级品类。` }),
  },
  reachableShare: {
    goodIs: 1,
    say: (n) => ({ en: `${percent(n)} of all who ever bought may be written to.`, zh: `买过的客户中有 ${percent(n)} 允许联系。` }),
  },
}

/** The shop now beside itself a year ago. */
export function diagnose(now: Health, before: Health): Diagnosis {
  const stage = stageOf(now)
  const names = Object.keys(TOLD) as FindingName[]
  return { stage, meaning: MEANING[stage], firstThing: firstThing(now, stage), findings: names.map((name) => finding(name, now, before)) }
}

const UNKNOWN: Sentence = { en: 'Nothing is known of it yet.', zh: '暂无数据。' }

function finding(name: FindingName, now: Health, past: Health): Finding {
  const [value, before] = [now[name], past.yearlyCustomers === 0 ? null : past[name]]
  const { say } = TOLD[name]
  return { name, value, before, trend: trendOf(name, value, before), sentence: value === null ? UNKNOWN : say(value) }
}

function trendOf(name: FindingName, value: number | null, before: number | null): Finding['trend'] {
  const { goodIs, isCount } = TOLD[name]
  if (value === null || before === null || goodIs === 0) return 'UNKNOWN'
  const moved = isCount ? (before === 0 ? 0 : value / before - 1) : value - before
  if (Math.abs(moved) < (isCount ? NOTABLE_GROWTH : NOTABLE)) return 'SAME'
  return moved * goodIs > 0 ? 'BETTER' : 'WORSE'
}
