import type { ExposureStatus, LeftReason } from './campaign.model.ts'

/** How many exposures of a step stand where, and for which reason. */
export type ExposureCount = {
  readonly step: number
  readonly status: ExposureStatus
  readonly reason: string | null
  readonly count: number
}

/** How far a campaign has come, counted as it is asked. */
export type Progress = {
  readonly members: number
  readonly treated: number
  readonly control: number
  /** Those of the treated who take part still. */
  readonly waiting: number
  readonly left: readonly { readonly reason: LeftReason; readonly count: number }[]
  readonly exposures: readonly ExposureCount[]
}
