import { randomBytes } from 'node:crypto'

const SEED_BYTES = 32

/** 256 bits from the system's secure generator, from which whatever is drawn follows. Handed in where something is drawn. */
export const newSeed = (): Uint8Array => randomBytes(SEED_BYTES)
