/**
 * What costs much takes turns: one at a time of each shop, and so many at a time in this process. So whoever asks for twenty
 * figures at once waits for them one after another, and leaves connections and memory to shoppers. Nobody inside a
 * transaction takes a turn: who has the turn may be waiting for their connection.
 */
export class Turns {
  readonly #lines = new Map<number, Promise<void>>()
  readonly #waiting: (() => void)[] = []
  #free: number

  constructor(atOnce: number) {
    this.#free = atOnce
  }

  /** Acts when it is this shop's turn. What fails keeps nobody waiting. */
  take<T>(shopId: number, act: () => Promise<T>): Promise<T> {
    const answer = (this.#lines.get(shopId) ?? Promise.resolve()).then(() => this.#inPlace(act))
    const over = answer.then(nothing, nothing).then(() => {
      if (this.#lines.get(shopId) === over) this.#lines.delete(shopId)
    })
    this.#lines.set(shopId, over)
    return answer
  }

  async #inPlace<T>(act: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1
    else await new Promise<void>((begin) => this.#waiting.push(begin))
    try {
      return await act()
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#free += 1
      else next()
    }
  }
}

const nothing = (): void => {}
