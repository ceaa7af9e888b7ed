import { Injectable } from '@nestjs/common'
import {
  Channel,
  ChannelService,
  isGraphQlErrorResult,
  Promotion,
  PromotionService,
  RequestContextService,
  TransactionalConnection,
} from '@vendure/core'
import { IsNull, Like } from 'typeorm'
import { Engines } from '../engine/engines'
import { CONDITION, regularsActions } from './promotion'

/** Vendure reads its promotions from the database: this is the plugin's, in every channel that is a shop of Regulars. */
@Injectable()
export class PromotionRow {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly promotions: PromotionService,
    private readonly channels: ChannelService,
    private readonly contexts: RequestContextService,
    private readonly engines: Engines,
  ) {}

  async ensure(): Promise<void> {
    const ctx = await this.contexts.create({ apiType: 'admin' })
    const found = await this.connection.getRepository(ctx, Promotion).findOne({
      where: { conditions: Like(`%"${CONDITION}"%`), deletedAt: IsNull() },
      relations: { channels: true },
    })
    const promotion = found ?? (await this.create())
    const mapped = (await this.connection.getRepository(ctx, Channel).find()).filter(({ code }) => this.engines.ofChannel(code) !== null)
    const missing = mapped.filter(({ id }) => !promotion.channels?.some((channel) => channel.id === id)).map(({ id }) => id)
    if (missing.length > 0) await this.channels.assignToChannels(ctx, Promotion, promotion.id, missing)
  }

  private async create(): Promise<Promotion> {
    const ctx = await this.contexts.create({ apiType: 'admin' })
    const made = await this.promotions.createPromotion(ctx, {
      enabled: true,
      translations: [{ languageCode: ctx.channel.defaultLanguageCode, name: 'Regulars' }],
      conditions: [{ code: CONDITION, arguments: [] }],
      actions: regularsActions.map(({ code }) => ({ code, arguments: [] })),
    })
    if (isGraphQlErrorResult(made)) throw made
    return made
  }
}
