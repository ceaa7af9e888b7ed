import { createHash } from 'node:crypto'

/** Numbers that look random and are the same for the same seed, on every machine. */
export type Random = {
  /** From 0 to 1, 1 excluded. */
  readonly fraction: () => number
  /** A whole number, both ends included. */
  readonly whole: (from: number, to: number) => number
  readonly happens: (probability: number) => boolean
  readonly pick: <T>(from: readonly T[]) => T
  /** One of them, each as often as its weight says. */
  readonly weighted: <T>(from: readonly T[], weightOf: (one: T) => number) => T
  /** Distinct ones, in the order in which they fell; all of them when there are no more. */
  readonly sample: <T>(from: readonly T[], count: number) => T[]
  /** The normal distribution's, by Box and Muller. */
  readonly normal: () => number
  /** e to the power of a normal number: half lies below `median`, and few lie far above. */
  readonly logNormal: (median: number, sigma: number) => number
  /** Waiting times of things that happen at any moment alike. */
  readonly exponential: (mean: number) => number
}

/**
 * xoshiro128** 1.1 by David Blackman and Sebastiano Vigna (2018, public domain, https://prng.di.unimi.it/xoshiro128starstar.c),
 * its state filled from the SHA-256 of the seed. Seeds that differ in one letter give unrelated numbers, so each part of the
 * demo has a seed of its own, and one that draws more disturbs no other.
 */
export function random(seed: string): Random {
  const bits = xoshiro128(seed)
  const fraction = () => bits() / 2 ** 32
  const normal = () => Math.sqrt(-2 * Math.log(1 - fraction())) * Math.cos(2 * Math.PI * fraction())
  const whole = (from: number, to: number) => from + Math.floor(fraction() * (to - from + 1))
  return {
    fraction,
    whole,
    happens: (probability) => fraction() < probability,
    pick: (from) => at(from, whole(0, from.length - 1)),
    weighted: (from, weightOf) => {
      let left = fraction() * from.reduce((sum, one) => sum + weightOf(one), 0)
      for (const one of from) {
        left -= weightOf(one)
        if (left < 0) return one
      }
      return at(from, from.length - 1)
    },
    sample: (from, count) => {
      const rest = [...from]
      return Array.from({ length: Math.min(count, rest.length) }, () => at(rest.splice(whole(0, rest.length - 1), 1), 0))
    },
    normal,
    logNormal: (median, sigma) => median * Math.exp(sigma * normal()),
    exponential: (mean) => -mean * Math.log(1 - fraction()),
  }
}

function xoshiro128(seed: string): () => number {
  const digest = createHash('sha256').update(seed).digest()
  let [a, b, c, d] = [digest.readInt32LE(0), digest.readInt32LE(4), digest.readInt32LE(8), digest.readInt32LE(12)]
  return () => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotated(d, 11)
    return result
  }
}

const rotated = (word: number, by: number) => (word << by) | (word >>> (32 - by))

function at<T>(list: readonly T[], index: number): T {
  const found = list[index]
  if (found === undefined) throw new RangeError('there is nothing to pick from')
  return found
}
