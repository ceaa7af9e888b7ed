import { Injectable } from '@nestjs/common'
import { EventBus, Logger, LoginEvent, OrderService, RequestContextService } from '@vendure/core'
import { LOGS } from '../options'
import { Carts } from './cart'

/** Who signs in with a cart sees it at their own prices: Vendure hands the cart over, and does not price it again. */
@Injectable()
export class SignIn {
  constructor(
    private readonly events: EventBus,
    private readonly contexts: RequestContextService,
    private readonly orders: OrderService,
    private readonly carts: Carts,
  ) {}

  listen(): void {
    this.events.ofType(LoginEvent).subscribe((event) => {
      if (event.ctx.apiType !== 'shop') return
      this.reprice(event).catch((error) => Logger.error(`The cart of user ${event.user.id} keeps its prices: ${String(error)}`, LOGS))
    })
  }

  private async reprice({ ctx: { channel, currencyCode, languageCode }, user }: LoginEvent): Promise<void> {
    const ctx = await this.contexts.create({ apiType: 'shop', channelOrToken: channel, currencyCode, languageCode, user })
    const found = await this.orders.getActiveOrderForUser(ctx, user.id)
    if (found === undefined || found.state !== 'AddingItems' || found.lines.length === 0) return
    await this.orders.applyPriceAdjustments(ctx, await this.carts.load(ctx, found.id))
  }
}
