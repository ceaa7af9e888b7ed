import { Injectable } from '@nestjs/common'
import { type RequestContext, RequestContextCacheService } from '@vendure/core'

/** What of a page is still being loaded. Vendure loads its variants product by product: a price waits for its neighbours, so that a page is one request. */
@Injectable()
export class Page {
  constructor(private readonly requests: RequestContextCacheService) {}

  async loading<T>(ctx: RequestContext, load: () => Promise<T>): Promise<T> {
    const page = this.of(ctx)
    page.loading += 1
    try {
      return await load()
    } finally {
      page.loading -= 1
      if (page.loading === 0) for (const go of page.waiting.splice(0)) go()
    }
  }

  /** Calls when all is loaded, and whoever waited for the last of it has asked for its prices. */
  whenLoaded(ctx: RequestContext, go: () => void): void {
    const page = this.of(ctx)
    if (page.loading === 0) setImmediate(go)
    else page.waiting.push(() => setImmediate(go))
  }

  private of(ctx: RequestContext): { loading: number; waiting: (() => void)[] } {
    return this.requests.get(ctx, 'regulars-page', () => ({ loading: 0, waiting: [] }))
  }
}
