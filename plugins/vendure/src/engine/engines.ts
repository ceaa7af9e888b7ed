import { Inject, Injectable } from '@nestjs/common'
import type { RequestContext } from '@vendure/core'
import { SETTINGS, type Settings } from '../options'
import { Engine } from './engine'

/** Which shop of Regulars a channel is. */
@Injectable()
export class Engines {
  private readonly known = new Map<string, Engine>()

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  /** Null: this channel is none, or the prices are in another currency than the channel's own, which is the shop's. */
  of(ctx: RequestContext): Engine | null {
    return ctx.currencyCode === ctx.channel.defaultCurrencyCode ? this.ofChannel(ctx.channel.code) : null
  }

  ofChannel(code: string): Engine | null {
    const own = this.settings.channels[code]
    if (own === false) return null
    const address = { endpoint: own?.endpoint ?? this.settings.endpoint, key: own?.key ?? this.settings.key }
    const name = `${address.endpoint} ${address.key}`
    const engine = this.known.get(name) ?? new Engine(address, this.settings.timeoutMs, this.settings.pauseMs)
    this.known.set(name, engine)
    return engine
  }
}
