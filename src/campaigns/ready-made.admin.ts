import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { MessageChannel } from '../messages/message-words.schema.ts'
import { ReadyMadeLanguage } from '../segments/ready-made.schema.ts'
import { toCampaignView } from './campaign.schema.ts'
import type { ReadyMadeCampaign, SetParameter } from './ready-made.model.ts'
import {
  AdoptedCampaignView,
  ReadyMadeCampaignView,
  ReadyMadeGoods,
  ReadyMadeParameterInput,
  type ReadyMadeParameterView,
} from './ready-made.schema.ts'
import { adoptableCampaigns, adoptCampaign } from './ready-made.service.ts'

@Resolver()
export class ReadyMadeCampaignAdmin {
  @Authorized('campaigns:read')
  @Query(() => [ReadyMadeCampaignView], {
    description: 'Campaigns that most shops have a use for, the one to begin with first, with figures that fit the shop.',
  })
  async readyMadeCampaigns(
    @Arg('language', () => ReadyMadeLanguage, { nullable: true, defaultValue: ReadyMadeLanguage.EN, description: 'Of names and purposes.' })
    language: ReadyMadeLanguage | null,
    @Ctx() { world }: ApiContext,
  ): Promise<ReadyMadeCampaignView[]> {
    const spoken = language ?? ReadyMadeLanguage.EN
    return (await adoptableCampaigns(world)).map(({ readyMade, parameters, campaign }) => ({
      code: readyMade.code,
      name: readyMade.name[spoken],
      purpose: readyMade.purpose[spoken],
      parameters: parameters.map((one) => toParameterView(one, spoken)),
      goods: goodsOf(readyMade),
      goodsName: readyMade.goods?.name[spoken] ?? null,
      campaign: campaign && toCampaignView(campaign),
    }))
  }

  @Authorized('campaigns:write')
  @Mutation(() => AdoptedCampaignView, {
    description:
      "Saves a ready-made campaign as a draft of the shop's own, with its templates in English and Chinese, the drafts of its offers, which only those who take part in it can have, and the segments that it names. Nothing is sent or in force. NOT_FOUND for a code that is none of theirs, CONFLICT where the shop has a campaign, an offer or a template of one of its codes.",
  })
  async adoptCampaign(
    @Arg('code', () => String, { description: 'Of readyMadeCampaigns.' }) code: string,
    @Arg('language', () => ReadyMadeLanguage, {
      nullable: true,
      defaultValue: ReadyMadeLanguage.EN,
      description: 'Of its names, and of what is written to those whose language is neither English nor Chinese, or not known.',
    })
    language: ReadyMadeLanguage | null,
    @Arg('as', () => String, {
      nullable: true,
      description: 'Its code in the shop, 1 to 36 letters of a to z, digits, dashes and underscores; absent: the same.',
    })
    as: string | null,
    @Arg('channels', () => [MessageChannel], {
      nullable: true,
      description: 'By the first of which each can be reached they are written to: EMAIL, SMS, PUSH, WECHAT, WECOM. Absent: EMAIL.',
    })
    channels: `${MessageChannel}`[] | null,
    @Arg('parameters', () => [ReadyMadeParameterInput], {
      nullable: true,
      description: 'Those that are to be other than readyMadeCampaigns shows. Absent: all as they fit the shop now.',
    })
    parameters: ReadyMadeParameterInput[] | null,
    @Arg('skus', () => [String], { nullable: true, description: 'The goods that it is about, at most 100, where it is about any.' })
    skus: string[] | null,
    @Ctx() { world }: ApiContext,
  ): Promise<AdoptedCampaignView> {
    const spoken = language ?? ReadyMadeLanguage.EN
    const wanted = { code, language: spoken, as, channels, parameters: parameters ?? [], skus: skus ?? [] }
    const adopted = unwrap(await adoptCampaign(world, wanted))
    return {
      ...adopted,
      campaign: toCampaignView(adopted.campaign),
      parameters: adopted.parameters.map((one) => toParameterView(one, spoken)),
    }
  }
}

const toParameterView = ({ parameter, value, isMeasured }: SetParameter, language: ReadyMadeLanguage): ReadyMadeParameterView => ({
  code: parameter.code,
  name: parameter.name[language],
  kind: parameter.kind,
  value,
  isMeasured,
  least: parameter.least,
  most: parameter.most,
})

function goodsOf({ goods }: ReadyMadeCampaign): `${ReadyMadeGoods}` {
  if (goods === null) return ReadyMadeGoods.NONE
  if (typeof goods.ifNone === 'object') return ReadyMadeGoods.BEST_SELLERS
  return goods.ifNone === 'REFUSE' ? ReadyMadeGoods.REQUIRED : ReadyMadeGoods.OPTIONAL
}
