import { Injectable } from '@nestjs/common'
import type { Storefront } from '@regulars/client'
import type { ID, RequestContext } from '@vendure/core'
import { Checkouts } from '../checkout/checkouts'
import { Contexts } from '../engine/contexts'
import { Engines } from '../engine/engines'
import { CustomerSync } from './customers'
import { type Done, Jobs, KINDS, type Kind, type Work } from './jobs'
import { OrderSync } from './orders'
import { ProductSync } from './products'

const PAGE = 200

type Sync = {
  send: (ctx: RequestContext, storefront: Storefront, ids: readonly ID[]) => Promise<void>
  after: (ctx: RequestContext, id: ID, take: number) => Promise<ID[]>
}

/** Does what the queue holds. Everything in it may be done twice, and breaks off where the engine does not answer, to be tried again. */
@Injectable()
export class Worker {
  private readonly syncs: Record<Kind, Sync>

  constructor(
    private readonly engines: Engines,
    private readonly contexts: Contexts,
    private readonly checkouts: Checkouts,
    private readonly jobs: Jobs,
    customers: CustomerSync,
    products: ProductSync,
    orders: OrderSync,
  ) {
    this.syncs = { customers, products, orders }
  }

  async work(work: Work): Promise<Done> {
    const engine = this.engines.ofChannel(work.channel)
    if (engine === null) return { sent: 0 }
    const ctx = await this.contexts.ofChannel(work.channel)
    const sync = this.syncs[work.kind]
    const ids = work.task === 'send' ? work.ids : await sync.after(ctx, work.after, PAGE)
    if (ids.length > 0) await sync.send(ctx, engine.patient, ids)
    if (work.task === 'page') await this.next(work.channel, work.kind, ids)
    return { sent: ids.length }
  }

  /** Each page is a job of its own: one that fails is tried again where it was, and orders come after whoever placed them. */
  private async next(channel: string, kind: Kind, ids: readonly ID[]): Promise<void> {
    const last = ids.at(-1)
    if (last !== undefined) return this.jobs.page(channel, kind, String(last))
    const following = KINDS[KINDS.indexOf(kind) + 1]
    if (following !== undefined) await this.jobs.page(channel, following)
  }

  /** Everything, of every channel that is a shop of Regulars. */
  async syncAll(): Promise<void> {
    for (const channel of await this.mapped()) await this.jobs.page(channel, KINDS[0])
  }

  /** Orders that nobody could tell the engine of when it was time. */
  async sweep(): Promise<void> {
    for (const channel of await this.mapped()) {
      const ctx = await this.contexts.ofChannel(channel)
      for (const orderId of await this.checkouts.due(ctx, PAGE)) await this.jobs.settle(channel, [orderId])
    }
  }

  private async mapped(): Promise<string[]> {
    return (await this.contexts.codes()).filter((code) => this.engines.ofChannel(code) !== null)
  }
}
