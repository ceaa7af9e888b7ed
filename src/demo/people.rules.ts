import type { WantedCompany } from '../companies/company.model.ts'
import type { Channel, CustomerRole, Gender, WantedConsent, WantedCustomer } from '../customers/customer.model.ts'
import { DAY_MS, type Instant, instant } from '../kernel/clock.ts'
import type { Day } from '../kernel/zone.ts'
import { shopperHabit, workHabit } from './habits.rules.ts'
import {
  CHINESE_TOWNS,
  COMPANY_WORDS,
  ENGLISH_NAMES,
  ENGLISH_SURNAMES,
  GIVEN_NAMES,
  INDUSTRIES,
  INTERESTS,
  OTHER_TOWNS,
  SOURCES,
  SURNAMES,
  type Town,
} from './names.model.ts'
import type { People, Person } from './people.model.ts'
import { type Random, random } from './random.rules.ts'
import { BUSIEST_SEASON, season } from './rhythm.rules.ts'

/** Two years: everybody came since. */
const HISTORY_DAYS = 730
const COMPANIES = 60

export type Times = { readonly now: Instant; readonly timeZone: string }

/** Individuals and companies with their people, `count` customers in all, as they are at an instant. */
export function makePeople(seed: string, count: number, times: Times): People {
  const dice = random(`${seed}/people`)
  const companies = Array.from({ length: COMPANIES }, (_, i) => makeCompany(dice, i))
  const staff = companies.flatMap(({ roles, ...company }) => roles.map((role) => ({ role, company })))
  const persons = Array.from({ length: count }, (_, i) => {
    const at = staff[i]
    return at === undefined ? makeShopper(dice, i, times) : makeColleague(dice, i, at, times)
  })
  return { companies: companies.map(({ company }) => company), persons }
}

type Workplace = { readonly company: WantedCompany; readonly town: Town; readonly size: number }

function makeCompany(dice: Random, index: number): Workplace & { readonly roles: readonly CustomerRole[] } {
  const [zh, en] = COMPANY_WORDS[index % COMPANY_WORDS.length] ?? COMPANY_WORDS[0]
  const { industry, word } = INDUSTRIES[(index + Math.floor(index / COMPANY_WORDS.length)) % INDUSTRIES.length] ?? INDUSTRIES[0]
  return {
    company: {
      externalId: `co-${String(index + 1).padStart(3, '0')}`,
      name: `${zh}${word[0]}（演示）${en} ${word[1]} (demo)`,
      industry,
      certified: dice.happens(0.6),
    },
    town: dice.weighted(CHINESE_TOWNS, (town) => town.share),
    size: dice.logNormal(0.3, 0.5),
    roles: [
      'PURCHASER',
      ...(dice.happens(0.5) ? (['PURCHASER'] as const) : []),
      'ENGINEER',
      ...(dice.happens(0.4) ? (['OTHER'] as const) : []),
    ],
  }
}

function makeColleague(
  dice: Random,
  index: number,
  { role, company: workplace }: { role: CustomerRole; company: Workplace },
  times: Times,
): Person {
  const gender = dice.pick(['FEMALE', 'MALE'] as const)
  const since = registeredAt(dice, times)
  const { company, town, size } = workplace
  const purpose = INDUSTRIES.find(({ industry }) => industry === company.industry)?.purpose ?? null
  return {
    customer: {
      ...NOTHING_KNOWN,
      ...chineseName(dice, gender, index),
      ...place(town),
      externalId: externalId(index),
      emailVerified: true,
      phone: phoneOf(town, index),
      phoneVerified: true,
      kind: 'ENTERPRISE',
      role,
      companyExternalId: company.externalId,
      industry: company.industry,
      purpose,
      gender,
      language: 'zh-CN',
      source: dice.weighted(SOURCES, (one) => one.share).source,
      tags: ['enterprise', ...(role === 'ENGINEER' ? ['samples'] : [])],
      consents: consents(dice, ['EMAIL', 'PHONE', 'WECOM'], 0.7, since),
      registeredAt: since,
    },
    habit: workHabit(dice, role, size),
  }
}

function makeShopper(dice: Random, index: number, times: Times): Person {
  const gender = dice.weighted(['FEMALE', 'MALE'] as const, (one) => (one === 'MALE' ? 64 : 36))
  const town = dice.weighted([...CHINESE_TOWNS, ...OTHER_TOWNS], (one) => one.share)
  const isChinese = town.country === 'CN'
  const since = registeredAt(dice, times)
  return {
    customer: {
      ...NOTHING_KNOWN,
      ...(isChinese ? chineseName(dice, gender, index) : englishName(dice, gender, index)),
      ...place(town),
      externalId: externalId(index),
      emailVerified: dice.happens(0.85),
      phone: dice.happens(0.8) ? phoneOf(town, index) : null,
      phoneVerified: dice.happens(0.9),
      kind: 'INDIVIDUAL',
      purpose: dice.weighted(['OWN_USE', 'PRODUCTION', 'RESALE'] as const, (one) => ({ OWN_USE: 82, PRODUCTION: 12, RESALE: 6 })[one]),
      gender: dice.happens(0.8) ? gender : null,
      birthDate: dice.happens(0.55) ? birthDate(dice, times) : null,
      language: isChinese ? 'zh-CN' : 'en',
      source: dice.weighted(SOURCES, (one) => one.share).source,
      tags: dice.weighted(INTERESTS, (one) => one.share).tags,
      consents: consents(dice, ['EMAIL', 'SMS', 'WECHAT'], 0.45, since),
      registeredAt: since,
    },
    habit: shopperHabit(dice),
  }
}

/** What is told of nobody unless somebody says so. */
export const NOTHING_KNOWN = {
  email: null,
  phone: null,
  phoneVerified: false,
  identities: [],
  role: null,
  companyExternalId: null,
  industry: null,
  birthDate: null,
  attributes: null,
} satisfies Partial<WantedCustomer>

const externalId = (index: number) => `cu-${String(index + 1).padStart(5, '0')}`

function chineseName(dice: Random, gender: Exclude<Gender, 'OTHER'>, index: number): Pick<WantedCustomer, 'name' | 'email'> {
  const [surname, surnameLatin] = dice.pick(SURNAMES)
  const [given, givenLatin] = dice.pick<readonly [string, string]>(GIVEN_NAMES[gender])
  return { name: `${surname}${given}`, email: emailOf(givenLatin, surnameLatin, index) }
}

function englishName(dice: Random, gender: Exclude<Gender, 'OTHER'>, index: number): Pick<WantedCustomer, 'name' | 'email'> {
  const [given, surname] = [dice.pick<string>(ENGLISH_NAMES[gender]), dice.pick(ENGLISH_SURNAMES)]
  return { name: `${given} ${surname}`, email: emailOf(given, surname, index) }
}

/** example.com is nobody's (RFC 2606). */
const emailOf = (given: string, surname: string, index: number) => `${given}.${surname}.${index + 1}@example.com`.toLowerCase()

/** Numbers that ring nowhere: 154 is no mobile network's in China, and +44 7700 900 is kept for drama by Ofcom. Elsewhere there is none. */
function phoneOf({ country }: Town, index: number): string | null {
  const digits = (count: number) => String(index).padStart(count, '0').slice(-count)
  if (country === 'CN') return `1540${digits(7)}`
  if (country === 'GB') return `+44 7700 900${digits(3)}`
  return null
}

const place = ({ country, region, city }: Town) => ({ country, region, city })

function birthDate(dice: Random, { now }: Times): Day {
  const age = Math.min(70, Math.max(16, dice.logNormal(31, 0.28)))
  return new Date(now - age * 365.25 * DAY_MS).toISOString().slice(0, 10) as Day
}

/** The shop grows: twice as many come in the last month as in the first, and more of them when more is bought. */
function registeredAt(dice: Random, { now, timeZone }: Times): Instant {
  const grown = Math.sqrt(1 + 3 * dice.fraction()) - 1
  const at = instant(now - HISTORY_DAYS * DAY_MS * (1 - grown))
  return dice.happens(season(at, timeZone) / BUSIEST_SEASON) ? at : registeredAt(dice, { now, timeZone })
}

function consents(dice: Random, channels: readonly Channel[], share: number, at: Instant): WantedConsent[] {
  return channels
    .filter(() => dice.happens(share))
    .map((channel) => ({ channel, purpose: null, granted: dice.happens(0.9), at, source: '注册页 sign-up form v2', wording: null }))
}
