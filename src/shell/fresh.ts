import { LRUCache } from 'lru-cache'

/** Nothing here is served when it was read longer ago than this. Less than the second that is promised: reading takes time too. */
const FRESH_MS = 900

/**
 * What this process knows of the database's rows, for a moment: read set-based, kept for less than a second, dropped at
 * once when this process changes it. A read that was under way while something was dropped is not kept, so whoever
 * writes here reads their own writes.
 */
export class Fresh<Value> {
  readonly #kept: LRUCache<string, { readonly value: Value | null }>
  #drops = 0

  constructor(max: number) {
    this.#kept = new LRUCache({ max, ttl: FRESH_MS })
  }

  /** What is kept under a key; undefined when it must be read. */
  peek(key: string): Value | null | undefined {
    return this.#kept.get(key)?.value
  }

  async get(key: string, read: () => Promise<Value | null>): Promise<Value | null> {
    const kept = this.peek(key)
    return kept === undefined ? ((await this.getMany([key], async () => [await read()]))[0] ?? null) : kept
  }

  /** Values in the order of the keys; `read` is asked once, for those that are not kept, and answers in their order. */
  async getMany(
    keys: readonly string[],
    read: (missing: readonly string[]) => Promise<readonly (Value | null)[]>,
  ): Promise<(Value | null)[]> {
    const found = keys.map((key) => this.peek(key))
    const missing = [...new Set(keys.filter((_, i) => found[i] === undefined))]
    if (missing.length === 0) return found as (Value | null)[]
    const drops = this.#drops
    const startedAt = performance.now()
    const values = await read(missing)
    const fetched = new Map(missing.map((key, i) => [key, values[i] ?? null]))
    if (drops === this.#drops) for (const [key, value] of fetched) this.#kept.set(key, { value }, { start: startedAt })
    return keys.map((key, i) => found[i] ?? fetched.get(key) ?? null)
  }

  drop(keys: Iterable<string>): void {
    this.#drops += 1
    for (const key of keys) this.#kept.delete(key)
  }

  dropAll(): void {
    this.#drops += 1
    this.#kept.clear()
  }
}
