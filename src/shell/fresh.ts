import { LRUCache } from 'lru-cache'

/** Nothing here is served when it was read longer ago than this. Less than the second that is promised: reading takes time too. */
const FRESH_MS = 900

type Read<Value> = (missing: readonly string[]) => Promise<readonly (Value | null)[]>

/**
 * What this process knows of the database's rows, for a moment: read set-based, once for however many ask at the same
 * time, kept for less than a second, dropped at once when this process changes it. A read that was under way while
 * something was dropped is neither kept nor shared with whoever asks after, so whoever writes here reads their own writes.
 */
export class Fresh<Value> {
  readonly #kept: LRUCache<string, { readonly value: Value | null }>
  #underWay = new Map<string, Promise<ReadonlyMap<string, Value | null>>>()

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

  /** Values in the order of the keys; `read` is asked once, for those that nobody has or is reading, and answers in their order. */
  async getMany(keys: readonly string[], read: Read<Value>): Promise<(Value | null)[]> {
    const found = keys.map((key) => this.peek(key))
    const missing = [...new Set(keys.filter((_, i) => found[i] === undefined))]
    if (missing.length === 0) return found as (Value | null)[]
    const unread = missing.filter((key) => !this.#underWay.has(key))
    if (unread.length > 0) this.#begin(unread, read)
    const reads = new Set(missing.flatMap((key) => this.#underWay.get(key) ?? []))
    const fetched = new Map((await Promise.all(reads)).flatMap((values) => [...values]))
    return keys.map((key, i) => found[i] ?? fetched.get(key) ?? null)
  }

  drop(keys: Iterable<string>): void {
    this.#underWay = new Map()
    for (const key of keys) this.#kept.delete(key)
  }

  dropAll(): void {
    this.#underWay = new Map()
    this.#kept.clear()
  }

  #begin(keys: readonly string[], read: Read<Value>): void {
    const underWay = this.#underWay
    const startedAt = performance.now()
    const reading = read(keys)
      .then((values) => {
        const fetched = new Map(keys.map((key, i) => [key, values[i] ?? null]))
        // Another map stands there by now if anything was dropped since.
        if (underWay === this.#underWay) for (const [key, value] of fetched) this.#kept.set(key, { value }, { start: startedAt })
        return fetched
      })
      .finally(() => {
        for (const key of keys) underWay.delete(key)
      })
    for (const key of keys) underWay.set(key, reading)
  }
}
