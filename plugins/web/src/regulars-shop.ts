import { Base } from './element.ts'
import { configure } from './regulars.ts'

/** `configure` for a page without a script of its own. `token-url` is an address of the shop's server that answers `{ "token": ... }`, or null for a guest. */
export class RegularsShopElement extends Base {
  connectedCallback(): void {
    const given = (name: string) => this.getAttribute(name) ?? undefined
    const url = given('token-url')
    const timeoutMs = given('timeout-ms')
    configure({
      endpoint: given('endpoint') ?? '',
      key: given('key') ?? '',
      currency: given('currency'),
      lang: given('default-lang'),
      timeoutMs: timeoutMs === undefined ? undefined : Number(timeoutMs),
      shopperToken: url === undefined ? undefined : () => tokenFrom(url),
    })
  }
}

async function tokenFrom(url: string): Promise<string | null> {
  const answer = await fetch(url, { method: 'POST', credentials: 'same-origin' })
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`)
  return ((await answer.json()) as { token?: string | null }).token ?? null
}
