/** What idempotency keys are kept apart by, besides the shop. */
export type Operation = 'reserve' | 'commit' | 'release' | 'claim'
