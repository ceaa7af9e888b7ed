import type { Move, Place, Segment } from './segment.model.ts'

const keyOf = ({ segmentId, customerId }: Place): string => `${segmentId}/${customerId}`

/**
 * Who goes where. It is history only where customers did it: not where the segment is new, or means something else
 * than when its members were written down.
 */
export function movesBetween(before: readonly Place[], now: readonly Place[], segments: readonly Segment[]): readonly Move[] {
  const settled = new Set(segments.filter(({ refreshedAt }) => refreshedAt !== null).map(({ id }) => id as string))
  const [were, are] = [new Set(before.map(keyOf)), new Set(now.map(keyOf))]
  const move = (place: Place, kind: Move['kind']): Move => ({ ...place, kind, isHistory: settled.has(place.segmentId) })
  return [
    ...before.filter((place) => !are.has(keyOf(place))).map((place) => move(place, 'LEFT')),
    ...now.filter((place) => !were.has(keyOf(place))).map((place) => move(place, 'ENTERED')),
  ]
}
