import { Arg, Authorized, Ctx, Int, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { DateTime } from '../api/shared/scalars.ts'
import { asked, BY, FROM, QUERY, TO } from './asked.view.ts'
import type { FirstThing } from './profit.model.ts'
import { FirstOrderThing } from './profit.schema.ts'
import { FigureTable } from './table.schema.ts'
import { type TableName, tableCsv } from './table.service.ts'

@Resolver()
export class TableAdmin {
  @Authorized('insights:read')
  @Query(() => String, {
    description:
      'A figure of the shop as CSV (RFC 4180, with a header), amounts in minor units; its columns are named as in the query of the same name.',
  })
  async figureCsv(
    @Arg('of', () => FigureTable, { description: 'Which figure.' }) name: TableName,
    @Arg('query', () => String, { nullable: true, description: QUERY }) query: string | null,
    @Arg('from', () => DateTime, { nullable: true, description: FROM }) from: Date | null,
    @Arg('to', () => DateTime, { nullable: true, description: TO }) to: Date | null,
    @Arg('by', () => String, { nullable: true, description: `WEEKDAY_HOURS and REPURCHASE_RATES. ${BY}` }) by: string | null,
    @Arg('thing', () => FirstOrderThing, { nullable: true, description: 'WHAT_MAKES_REGULARS, and needed there: what in the first order.' })
    thing: FirstThing | null,
    @Arg('withinDays', () => Int, {
      nullable: true,
      defaultValue: 90,
      description: 'WHAT_MAKES_REGULARS: came back within so many days; 1 to 3650.',
    })
    withinDays: number | null,
    @Ctx() { world }: ApiContext,
  ): Promise<string> {
    const wanted = { name, asked: asked(query, from, to), by: by ?? null, thing: thing ?? null, withinDays: withinDays ?? 90 }
    return unwrap(await tableCsv(world, wanted))
  }
}
