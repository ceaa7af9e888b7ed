import { h } from './dom.ts'
import { languageOf, type Voice, voiceOf } from './language.ts'
import type { Page } from './page.ts'
import { currentPage, join, leave } from './regulars.ts'
import { sheetsOf } from './style.ts'

type Drawn = readonly (Node | string)[]
type State<Answer> =
  | { readonly is: 'waiting' }
  | { readonly is: 'answered'; readonly answer: Answer; readonly currency: string }
  | { readonly is: 'failed' }

/** A server has no elements, and may read this file all the same: what extends it there is never made. */
export const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement)

/**
 * Asks, and shows the answer in the language of where it stands. Until there is one, and where there is none, it shows what the page put into
 * it; what it showed stays until the next answer.
 */
export abstract class RegularsElement<Answer> extends Base {
  /** Shown before and instead of an answer. */
  protected readonly light: HTMLElement = h('slot', {})
  /** What is drawn anew; and below it what stays as it is, for who is writing in it. */
  protected readonly body: HTMLElement = h('div', {})
  protected readonly foot: HTMLElement = h('div', {})
  readonly #frame = h('div', { part: 'frame' }, this.body, this.foot)
  #state: State<Answer> = { is: 'waiting' }
  #turn = 0
  #soon = false

  constructor(css: string) {
    super()
    const root = this.attachShadow({ mode: 'open' })
    root.adoptedStyleSheets = sheetsOf(css)
    this.body.append(this.light)
    root.append(this.#frame)
  }

  /** Null: there is nothing to ask. */
  protected abstract ask(page: Page): Promise<Answer> | null
  /** Null: there is nothing to show of it, and no space to keep for it. */
  protected abstract draw(answer: Answer, voice: Voice): Drawn | null
  /** For the page. */
  protected tell(_answer: Answer): void {}
  protected drawWaiting(_page: Page): Drawn | null {
    return null
  }
  protected drawFailed(_page: Page, voice: Voice): Drawn | null {
    return this.hasLight() ? null : [h('p', { part: 'notice', class: 'muted' }, voice.notNow)]
  }

  connectedCallback(): void {
    takeOver(this)
    join(this)
    this.update()
  }

  disconnectedCallback(): void {
    leave(this)
    this.#turn++
  }

  attributeChangedCallback(_name: string, before: string | null, after: string | null): void {
    if (before !== after) this.changed()
  }

  /** Something of what is asked for is other than it was: several such changes are one question. */
  protected changed(): void {
    if (this.#soon || !this.isConnected) return
    this.#soon = true
    queueMicrotask(() => {
      this.#soon = false
      this.update()
    })
  }

  update(): void {
    const page = currentPage()
    if (!page || !this.isConnected) return
    const turn = ++this.#turn
    const asked = this.ask(page)
    this.#frame.className = asked ? 'hold' : ''
    if (!asked) {
      this.#become({ is: 'waiting' })
      return
    }
    if (this.#state.is !== 'answered') this.speak()
    Promise.all([asked, page.currency()]).then(
      ([answer, currency]) => {
        if (turn !== this.#turn) return
        this.#become({ is: 'answered', answer, currency })
        this.tell(answer)
      },
      (error: unknown) => {
        if (turn === this.#turn) this.fail(error)
      },
    )
  }

  protected fail(error: unknown): void {
    this.#become({ is: 'failed' })
    this.announce('regulars-error', error)
  }

  protected announce(name: string, detail: unknown, cancelable = false): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }))
  }

  protected hasLight(): boolean {
    return this.firstElementChild !== null || this.textContent?.trim() !== ''
  }

  #become(state: State<Answer>): void {
    this.#state = state
    this.speak()
  }

  /** Draws what is known, in the language of now. */
  speak(): void {
    const page = currentPage()
    if (!page) return
    const state = this.#state
    const voice = voiceOf(languageOf(this, page.settings), state.is === 'answered' ? state.currency : 'XXX', page.settings)
    const drawn =
      state.is === 'answered'
        ? this.draw(state.answer, voice)
        : state.is === 'failed'
          ? this.drawFailed(page, voice)
          : this.drawWaiting(page)
    if (drawn === null && state.is === 'answered') this.#frame.className = ''
    const hadFocus = this.body.contains(this.shadowRoot?.activeElement ?? null)
    this.#frame.lang = voice.locale
    this.body.replaceChildren(...(drawn ?? [this.light]))
    // Whoever was at a button that is gone is not thrown back to the top of the page.
    if (hadFocus) this.body.querySelector<HTMLElement>('[tabindex],button')?.focus()
  }
}

/** What was set on the element before it was known to be one hides what it has now. */
function takeOver(element: HTMLElement): void {
  for (const [name, value] of Object.entries(element))
    if (name in Object.getPrototypeOf(element) && Reflect.deleteProperty(element, name)) Reflect.set(element, name, value)
}
