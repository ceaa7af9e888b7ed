import type { EntityManager } from '@mikro-orm/postgresql'
import type { Instant } from '../kernel/clock.ts'
import type { Result } from '../kernel/result.ts'
import type { Memory } from './memory.ts'

/** Who acts: named in every audit entry. */
export type Actor = { readonly kind: 'KEY' | 'SHOPPER' | 'CLI' | 'SYSTEM'; readonly id: string | null; readonly name: string }

/** Everything a use case may touch: one shop, one actor, one moment, one connection. */
export type World = {
  readonly shopId: number
  readonly actor: Actor
  /** The instant of this act. The same throughout, so that all that it writes agrees. */
  readonly now: Instant
  readonly em: EntityManager
  readonly memory: Memory
  /** Runs in this transaction before it is committed, unless it is undone; of what must not be known without what it tells of. */
  readonly beforeCommit: (then: () => Promise<void>) => void
  /** Inside a transaction: runs once it is committed, and never if it is not. Outside: at once. */
  readonly afterCommit: (then: () => void) => void
}

/** A world whose connection is opened only when it is asked for: a price that is in memory needs none. */
export function openWorld(parts: { shopId: number; actor: Actor; now: Instant; memory: Memory; fork: () => EntityManager }): World {
  const { shopId, actor, now, memory } = parts
  let em: EntityManager | undefined
  return {
    shopId,
    actor,
    now,
    memory,
    get em() {
      em ??= parts.fork()
      return em
    },
    beforeCommit: () => {
      throw new Error('what is to be written with a change is written in its transaction')
    },
    afterCommit: (then) => then(),
  }
}

/**
 * One act, one transaction: what `act` wrote is kept if it accepted and undone if it refused or threw. Inside a
 * transaction it joins that one.
 */
export async function transact<T, P>(world: World, act: (world: World) => Promise<Result<T, P>>): Promise<Result<T, P>> {
  if (world.em.isInTransaction()) return act(world)
  const endings = new Endings()
  let answer: Result<T, P> | undefined
  try {
    await world.em.transactional(async (em) => {
      answer = await act({ ...parts(world), em: em as EntityManager, ...endings.hooks })
      if (!answer.ok) throw new Undo()
      await endings.before()
    })
  } catch (error) {
    if (!(error instanceof Undo)) throw error
  }
  if (answer === undefined) throw new Error('the act gave no answer')
  if (answer.ok) endings.after()
  return answer
}

/** Spreading the world itself would open a second connection through its getter. */
const parts = ({ shopId, actor, now, memory }: World) => ({ shopId, actor, now, memory })

class Undo extends Error {}

/** What a transaction has been asked to do at its end. */
export class Endings {
  readonly #before: (() => Promise<void>)[] = []
  readonly #after: (() => void)[] = []
  readonly hooks: Pick<World, 'beforeCommit' | 'afterCommit'> = {
    beforeCommit: (then) => void this.#before.push(then),
    afterCommit: (then) => void this.#after.push(then),
  }

  async before(): Promise<void> {
    for (const then of this.#before) await then()
  }

  after(): void {
    for (const then of this.#after) then()
  }
}
