import { randomBytes } from 'node:crypto'

const SEED_BYTES = 32

/** 256 bits from the system's secure generator, from which whatever is drawn follows. Handed in where something is drawn. */
export const newSeed = (): Uint8Array => randomBytes(SEED_BYTES)

/** From 0 to 1, for what need not be secret: that not everybody comes back at the same moment. */
export const chance = (): number => Math.random()
