import type { TokenSource } from './settings.ts'

/** Sends each request in the name of who is signed in. A token that is over is renewed once, for all requests that met its end. */
export class ShopperToken {
  #source: TokenSource | undefined
  #held: Promise<string | null> | undefined

  constructor(source: TokenSource | undefined) {
    this.#source = source
  }

  get(): Promise<string | null> {
    return this.#held ?? this.#ask()
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const held = this.get()
    const token = await held
    const answer = await fetch(input, inTheNameOf(token, init))
    if (token === null || answer.status !== 401) return answer
    const renewed = await (this.#held === held || this.#held === undefined ? this.#ask() : this.#held)
    return renewed === token ? answer : fetch(input, inTheNameOf(renewed, init))
  }

  #ask(): Promise<string | null> {
    const asked = (async () => (await this.#source?.()) || null)()
    this.#held = asked
    // Whoever was refused may ask again.
    asked.catch(() => {
      if (this.#held === asked) this.#held = undefined
    })
    return asked
  }
}

function inTheNameOf(token: string | null, init: RequestInit | undefined): RequestInit {
  const headers = new Headers(init?.headers)
  if (token !== null) headers.set('x-shopper-token', token)
  return { ...init, headers }
}
