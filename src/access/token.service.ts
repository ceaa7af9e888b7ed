import { randomBytes } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { LRUCache } from 'lru-cache'
import type { Instant } from '../kernel/clock.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { newId } from '../shell/ids.ts'
import { slot } from '../shell/memory.ts'
import type { World } from '../shell/world.ts'
import { findTokenKey, insertFirstTokenKey, newestTokenKey } from './token.store.ts'

/** One algorithm, fixed: what a token's header says of it is never believed. */
const ALGORITHM = 'HS256'
const MIN_TTL_SECONDS = 60
const MAX_TTL_SECONDS = 86_400

type Verified = { readonly shopId: number; readonly customerId: string; readonly expiresAt: number }

/** Signatures that were found good: a browser sends the same token with each request, and checking it again finds the same. */
const VERIFIED = slot(() => new LRUCache<string, Verified>({ max: 50_000 }))

/** A signed token with which a browser reads as this customer. */
export async function issueShopperToken(
  world: World,
  customerId: string,
  ttlSeconds: number,
): Promise<Result<{ token: string; expiresAt: Instant }, Problem>> {
  if (!Number.isInteger(ttlSeconds) || ttlSeconds < MIN_TTL_SECONDS || ttlSeconds > MAX_TTL_SECONDS)
    return refuse(problem('BAD_USER_INPUT', `ttlSeconds must be from ${MIN_TTL_SECONDS} to ${MAX_TTL_SECONDS}.`, ['ttlSeconds']))
  const key = (await newestTokenKey(world)) ?? (await insertFirstTokenKey(world, newId(), randomBytes(32)))
  const expiresAt = Math.floor(world.now / 1000) + ttlSeconds
  const token = await new SignJWT({ shop: world.shopId })
    .setProtectedHeader({ alg: ALGORITHM, kid: key.id })
    .setSubject(customerId)
    .setIssuedAt(Math.floor(world.now / 1000))
    .setExpirationTime(expiresAt)
    .sign(key.secret)
  return accept({ token, expiresAt: (expiresAt * 1000) as Instant })
}

/** The customer a token names, or null when it is not this shop's, not ours, or over. */
export async function customerOfToken(world: World, token: string): Promise<string | null> {
  const good = world.memory.of(VERIFIED)
  const verified = good.get(token) ?? (await verify(world, token))
  if (verified === null || verified.shopId !== world.shopId || world.now >= verified.expiresAt * 1000) return null
  good.set(token, verified)
  return verified.customerId
}

async function verify(world: World, token: string): Promise<Verified | null> {
  if (token.length > 2_000) return null
  try {
    const { payload } = await jwtVerify(
      token,
      async ({ kid }) => {
        const key = kid === undefined ? null : await findTokenKey(world, kid)
        if (key === null) throw new UnknownKey()
        return key.secret
      },
      { algorithms: [ALGORITHM], currentDate: new Date(world.now), requiredClaims: ['sub', 'exp', 'shop'] },
    )
    return { shopId: Number(payload.shop), customerId: String(payload.sub), expiresAt: Number(payload.exp) }
  } catch (error) {
    // jose's own errors say that the token is bad. Anything else is a fault of ours and must not look like that.
    if (error instanceof UnknownKey || String((error as { code?: unknown }).code).startsWith('ERR_J')) return null
    throw error
  }
}

class UnknownKey extends Error {}
