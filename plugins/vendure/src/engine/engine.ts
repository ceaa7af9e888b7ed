import { createStorefront, RegularsError, type Storefront } from '@regulars/client'
import { Logger } from '@vendure/core'
import { LOGS } from '../options'

const NO_ANSWER = ['TIMEOUT', 'UNREACHABLE', 'BAD_ANSWER', 'INTERNAL_SERVER_ERROR', 'NOT_READY']

/** Whether the engine, and not the question, is at fault. */
export function isOutage(error: unknown): boolean {
  return error instanceof RegularsError && NO_ANSWER.includes(error.code)
}

export function isCode(error: unknown, code: string): boolean {
  return error instanceof RegularsError && error.code === code
}

/** One shop of Regulars. `hurried` is for whoever serves a shopper, `patient` for jobs. */
export class Engine {
  readonly patient: Storefront
  private readonly quick: Storefront
  private restUntil = 0

  constructor(
    address: { endpoint: string; key: string },
    timeoutMs: number,
    private readonly pauseMs: number,
  ) {
    this.quick = createStorefront({ ...address, timeoutMs, retries: 0 })
    this.patient = createStorefront({ ...address, timeoutMs: 20_000, retries: 2 })
  }

  /** After a silence nobody waits for the engine again for a while: the shop stays quick at list prices. */
  get isResting(): boolean {
    return Date.now() < this.restUntil
  }

  /** Answers null when the engine does not; other errors are the caller's. */
  async hurried<T>(ask: (storefront: Storefront) => Promise<T>): Promise<T | null> {
    if (this.isResting) return null
    try {
      return await ask(this.quick)
    } catch (error) {
      if (!isOutage(error)) throw error
      this.rest(error)
      return null
    }
  }

  rest(why: unknown): void {
    if (this.isResting) return
    this.restUntil = Date.now() + this.pauseMs
    Logger.warn(`Regulars does not answer, selling at list prices for ${this.pauseMs} ms: ${String(why)}`, LOGS)
  }
}
