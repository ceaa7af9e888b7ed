import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import type { World } from '../shell/world.ts'
import type { Customer, Identity, Tag } from './customer.model.ts'

type Person = Id<'Customer'>

/**
 * What of a customer lies in a later domain: orders; coupons, points, limits in use. It follows them when they are merged
 * and unmerged, is told when they ask what is kept of them, and forgotten with them. Each domain that keeps something of
 * customers has one of these, and the resolvers of merging and of personal data are given all of them.
 */
export type Belongings = {
  /** Under this name it is remembered what a merge took, and told what is kept. */
  readonly name: string
  /** What must be held before customers are, so that everybody holds in one order. */
  readonly hold: (world: World) => Promise<void>
  /** Makes everything of `from` that of `into`; the answer, plain data, is what giveBack will need. */
  readonly take: (world: World, from: Person, into: Person) => Promise<unknown>
  /** Gives back what was taken, as far as it is still there; what came since stays. */
  readonly giveBack: (world: World, from: Person, into: Person, taken: unknown) => Promise<void>
  /** What follows from belongings, once they have moved. */
  readonly settle: (world: World, customerIds: readonly Person[]) => Promise<void>
  /** All of it, as plain data. */
  readonly tell: (world: World, customerIds: readonly Person[]) => Promise<unknown>
  /** Takes out what tells who somebody is; figures stay. */
  readonly forget: (world: World, customerIds: readonly Person[]) => Promise<void>
}

/** Facts that a merge fills where `into` has none. */
export const FILLED = [
  'name',
  'email',
  'phone',
  'role',
  'companyId',
  'industry',
  'purpose',
  'gender',
  'birthDate',
  'language',
  'country',
  'region',
  'city',
  'source',
  'registeredAt',
] as const
export type FilledFact = (typeof FILLED)[number]

/** A fact of `into` as the merge found it and as it left it. */
export type Filling = { readonly fact: FilledFact; readonly was: Customer[FilledFact]; readonly is: Customer[FilledFact] }

/** Everything that a merge took, so that it can be given back. `isNew`: `into` did not have it before. */
export type Taken = {
  readonly facts: readonly Filling[]
  readonly attributes: Readonly<Record<string, unknown>>
  readonly identities: readonly (Identity & { readonly isNew: boolean })[]
  readonly tags: readonly (Tag & { readonly isNew: boolean })[]
  readonly consents: readonly string[]
  /** Who had been merged into `from` before: they lead to `into` now. */
  readonly followers: readonly Person[]
  readonly belongings: Readonly<Record<string, unknown>>
}

export type Merge = {
  readonly id: Id<'Merge'>
  readonly fromId: Person
  readonly intoId: Person
  readonly reason: string
  readonly at: Instant
  /** Null once the personal data was erased: then nothing can be given back. */
  readonly taken: Taken | null
}
