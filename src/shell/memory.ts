/** A place in a process's memory that one domain owns. */
export type Slot<T> = { readonly make: (memory: Memory) => T }

export const slot = <T>(make: (memory: Memory) => T): Slot<T> => ({ make })

/** What one running process remembers between requests. Another process has its own, and nothing in either is the truth. */
export class Memory {
  readonly #places = new Map<Slot<unknown>, unknown>()

  of<T>(place: Slot<T>): T {
    if (!this.#places.has(place)) this.#places.set(place, place.make(this))
    return this.#places.get(place) as T
  }
}
