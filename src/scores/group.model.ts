import type { Instant } from '../kernel/clock.ts'
import type { Day } from '../kernel/zone.ts'
import { EIGHT_CLASSES, GRID_GROUPS } from './rfm-map.model.ts'
import { ABC_CLASSES, LIFECYCLES, SPEND_TIERS } from './score.model.ts'

/** By what customers fall into groups. TIER: the tiers in force, as the last evaluation of tiers found them. */
export const GROUP_KINDS = ['LIFECYCLE', 'RFM', 'ABC', 'SPEND_TIER', 'TIER'] as const
export type GroupKind = (typeof GROUP_KINDS)[number]

/** The groups that there can be; null: whatever codes the shop gives. */
export const GROUPS: Readonly<Record<GroupKind, readonly string[] | null>> = {
  LIFECYCLE: LIFECYCLES,
  RFM: [...GRID_GROUPS, 'PROSPECTS', ...EIGHT_CLASSES],
  ABC: ABC_CLASSES,
  SPEND_TIER: SPEND_TIERS,
  TIER: null,
}

/** How many customers were in a group on a day, of all who were in a group of that kind. */
export type GroupSize = { readonly day: Day; readonly group: string; readonly customers: number; readonly ofCustomers: number }

export type TargetDirection = 'AT_LEAST' | 'AT_MOST'
export type GroupTarget = {
  readonly kind: GroupKind
  readonly group: string
  /** Basis points of all who are in a group of that kind. */
  readonly shareBp: number
  readonly direction: TargetDirection
}

/** A group's share passed its target, and came back to it (null: not yet). */
export type GroupAlarm = {
  readonly id: string
  readonly kind: GroupKind
  readonly group: string
  readonly targetBp: number
  readonly direction: TargetDirection
  /** When it was raised. */
  readonly customers: number
  readonly ofCustomers: number
  readonly raisedAt: Instant
  readonly clearedAt: Instant | null
}
