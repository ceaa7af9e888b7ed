import type { Logger } from '@medusajs/framework/types'
import { MedusaService } from '@medusajs/framework/utils'
import { createStorefront, type Shop, type Storefront } from '@regulars/client'
import { RegularsCart } from './models/cart.ts'
import { RegularsOrder } from './models/order.ts'
import { RegularsSync } from './models/sync.ts'
import { RegularsTask } from './models/task.ts'
import { checkedOptions, type RegularsOptions } from './options.ts'

type Dependencies = { readonly logger: Logger }

const PAUSE_MS = 2_000

/** The plugin's own tables, and its way to the engine. */
export class RegularsModuleService extends MedusaService({ RegularsCart, RegularsOrder, RegularsTask, RegularsSync }) {
  readonly settings: RegularsOptions
  /** For prices, which a page waits for: list prices where no answer comes in time. */
  readonly prices: Storefront
  /** For what changes something. */
  readonly acts: Storefront
  #shop: Promise<Shop> | null = null

  constructor(dependencies: Dependencies, options?: Partial<RegularsOptions>) {
    super(dependencies, options)
    const { logger } = dependencies
    this.settings = checkedOptions(options)
    const { endpoint, key, timeoutMs = 1_000, checkoutTimeoutMs = 3_000 } = this.settings
    this.prices = createStorefront({
      endpoint,
      key,
      timeoutMs,
      retries: 0,
      onFallback: (why) => {
        if (why.code !== 'UNKNOWN_CUSTOMER') logger.warn(`Regulars: list prices are given: ${why.code}: ${why.message}`)
      },
    })
    this.acts = createStorefront({ endpoint, key, timeoutMs: checkoutTimeoutMs, retries: 1 })
  }

  /** The currency that Regulars counts in, in small letters as Medusa writes it; null while the engine has not been reached. */
  currency(): Promise<string | null> {
    return this.currencyOrFail().catch(() => null)
  }

  async currencyOrFail(): Promise<string> {
    this.#shop ??= this.prices.shop()
    const asked = this.#shop
    try {
      return (await asked).currency.toLowerCase()
    } catch (error) {
      // Asked again a little later, not by each page that comes meanwhile.
      setTimeout(() => {
        if (this.#shop === asked) this.#shop = null
      }, PAUSE_MS).unref()
      throw error
    }
  }

  /** Writes down that the engine is to be told something; who wants it again counts it up. */
  async want(id: string): Promise<void> {
    const [task] = await this.listRegularsTasks({ id: [id] })
    if (task !== undefined) return void (await this.updateRegularsTasks({ id, wanted: task.wanted + 1, due_at: new Date() }))
    try {
      await this.createRegularsTasks({ id, due_at: new Date() })
    } catch (error) {
      // Somebody else wrote it down in the same moment.
      if ((await this.listRegularsTasks({ id: [id] })).length === 0) throw error
    }
  }

  /** They were told, unless somebody wanted one again meanwhile. */
  async done(told: readonly { readonly id: string; readonly wanted: number }[]): Promise<void> {
    const wanted = new Map(told.map((task) => [task.id, task.wanted]))
    const now = await this.listRegularsTasks({ id: [...wanted.keys()] })
    const over = now.filter((task) => task.wanted === wanted.get(task.id)).map(({ id }) => id)
    if (over.length > 0) await this.deleteRegularsTasks(over)
  }
}
