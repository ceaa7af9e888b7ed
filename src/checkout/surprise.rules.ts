import { createHmac } from 'node:crypto'
import { type Minor, ZERO } from '../kernel/money.ts'
import type { Quote, Surprise } from '../pricing/quote.ts'
import type { Prize } from '../pricing/rule.ts'
import { mostOf } from '../pricing/surprise.ts'
import type { OrderGift } from './return.model.ts'
import type { DrawnSurprise } from './surprise.model.ts'

// How a surprise is drawn, so that anybody who has the seed can draw it again (docs/guides/surprises.md):
//
// 1. block = HMAC-SHA256(key: the 32 bytes of the seed, message: the offer's code in UTF-8).
// 2. The 32 bytes of the block are four whole numbers of 64 bits, the highest byte first. The first of them that is below
//    2^64 - (2^64 mod 10000) is taken modulo 10000: that is the point, 0 to 9999, each exactly as likely.
// 3. If all four are larger (once in 10^64 draws), block = HMAC-SHA256(seed, block), and 2 again.
// 4. Prizes lie one after another in the order in which they are declared, each as wide as its odds in hundredths of a
//    percent, the first from 0 on. The point is in one of them, or behind all: then nothing is won.

const POINTS = 10_000n
/** Below this all points are as likely: it is a multiple of POINTS. */
const FAIR = 2n ** 64n - (2n ** 64n % POINTS)
const WORD_BYTES = 8

/** The point that is drawn for an offer, 0 to 9999. */
export function pointOf(seed: Uint8Array, offerCode: string): number {
  let block = hmac(seed, Buffer.from(offerCode, 'utf8'))
  for (;;) {
    const point = pointIn(block)
    if (point !== null) return point
    block = hmac(seed, block)
  }
}

const hmac = (seed: Uint8Array, message: Uint8Array): Buffer => createHmac('sha256', seed).update(message).digest()

/** The point in a block of 32 bytes; null when none of its numbers is below what is fair. */
export function pointIn(block: Buffer): number | null {
  for (let at = 0; at + WORD_BYTES <= block.length; at += WORD_BYTES) {
    const word = block.readBigUInt64BE(at)
    if (word < FAIR) return Number(word % POINTS)
  }
  return null
}

/** The prize in which a point lies; null when it lies behind all. */
export function prizeAt(prizes: readonly Prize[], point: number): Prize | null {
  let end = 0
  for (const prize of prizes) {
    end += prize.odds
    if (point < end) return prize
  }
  return null
}

/** Draws each surprise of an order from its one seed. */
export function draw(surprises: readonly Surprise[], seed: Uint8Array): DrawnSurprise[] {
  return surprises.map((surprise) => ({
    ...surprise,
    seed: Buffer.from(seed).toString('hex'),
    prize: prizeAt(surprise.prizes, pointOf(seed, surprise.offerCode)),
  }))
}

/** A drawn surprise drawn again: its point, and whether that gives the prize that stands. */
export function drawAgain({ seed, offerCode, prizes, prize }: DrawnSurprise): { readonly point: number; readonly verified: boolean } {
  const point = pointOf(Buffer.from(seed, 'hex'), offerCode)
  return { point, verified: prizeAt(prizes, point)?.name === prize?.name }
}

/** The gifts among what was won. */
export const giftsWon = (drawn: readonly DrawnSurprise[]): OrderGift[] =>
  drawn.flatMap(({ offerCode, prize }) => (prize?.gift ? [{ ...prize.gift, offerCode }] : []))

/** What was won in money, all of it. */
export const amountWon = (drawn: readonly DrawnSurprise[]): Minor =>
  drawn.reduce((sum, { prize }) => sum + (prize?.amount ?? 0), 0) as Minor

/** What each offer was held for and does not come to, now that its surprise is drawn, or will never be. */
export function notOwed({ surprises }: Quote, drawn: readonly DrawnSurprise[]): { readonly code: string; readonly less: Minor }[] {
  const won = new Map(drawn.map(({ offerCode, prize }) => [offerCode, prize?.amount ?? ZERO]))
  return surprises
    .map(({ offerCode, prizes }) => ({ code: offerCode, less: (mostOf(prizes) - (won.get(offerCode) ?? 0)) as Minor }))
    .filter(({ less }) => less > 0)
}

/** Whether the reservation of a quote holds money for what may be won. */
export const holdsMoney = ({ surprises }: Quote): boolean => surprises.some(({ prizes }) => mostOf(prizes) > 0)
