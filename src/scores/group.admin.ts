import { Arg, Authorized, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { type Connection, toConnection } from '../api/shared/paging.ts'
import { Day, Percentage } from '../api/shared/scalars.ts'
import { isUuid } from '../kernel/id.ts'
import type { BasisPoints } from '../kernel/money.ts'
import { pageRequest } from '../kernel/page.ts'
import type { Day as DayText } from '../kernel/zone.ts'
import type { TargetDirection as Direction, GroupKind } from './group.model.ts'
import {
  GroupAlarmConnection,
  type GroupAlarmView,
  GroupKindName,
  GroupSizeView,
  GroupTargetView,
  TargetDirection,
  toAlarmView,
  toSizeView,
  toTargetView,
} from './group.schema.ts'
import { groupAlarms, groupSizes, groupTargets, numberOfAlarms, removeGroupTarget, setGroupTarget } from './group.service.ts'

@Resolver()
export class GroupAdmin {
  @Authorized('customers:read')
  @Query(() => [GroupSizeView], {
    description:
      'How large each group was, day by day: as the last evaluation of each day found it; days without one, and empty groups, are left out.',
  })
  async groupSizes(
    @Arg('kind', () => GroupKindName, { description: 'By what customers fall into groups.' }) kind: GroupKind,
    @Arg('from', () => Day, { description: "The first day, in the shop's zone." }) from: DayText,
    @Arg('to', () => Day, { description: 'The last day; at most 1,000 after the first.' }) to: DayText,
    @Ctx() { world }: ApiContext,
  ): Promise<GroupSizeView[]> {
    const sizes = unwrap(await groupSizes(world, kind, from, to))
    const targets = (await groupTargets(world)).filter((target) => target.kind === kind)
    return sizes.map((size) =>
      toSizeView(
        size,
        targets.find(({ group }) => group === size.group),
      ),
    )
  }

  @Authorized('customers:read')
  @Query(() => [GroupTargetView], { description: 'Which share each group should have.' })
  async groupTargets(@Ctx() { world }: ApiContext): Promise<GroupTargetView[]> {
    return (await groupTargets(world)).map(toTargetView)
  }

  @Authorized('customers:read')
  @Query(() => GroupAlarmConnection, { description: 'Groups whose share passed its target, the newest alarm first. At most 250 a page.' })
  async alarms(
    @Arg('onlyOpen', () => Boolean, { nullable: true, defaultValue: true, description: 'False: those that are over, too.' })
    onlyOpen: boolean | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'At most 250.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' }) after: string | null,
    @Ctx() { world }: ApiContext,
  ): Promise<Connection<GroupAlarmView>> {
    const found = await groupAlarms(world, onlyOpen ?? true, unwrap(pageRequest(first, after, { isKey: isUuid })))
    return toConnection(found, toAlarmView, () => numberOfAlarms(world, onlyOpen ?? true))
  }

  @Authorized('tiers:write')
  @Mutation(() => GroupTargetView, {
    description:
      'Sets which share of its kind a group should have. An alarm is raised at once if it has not, and at each evaluation; it is cleared by itself.',
  })
  async setGroupTarget(
    @Arg('kind', () => GroupKindName, { description: 'By what customers fall into groups.' }) kind: GroupKind,
    @Arg('group', () => String, { description: "The group's code." }) group: string,
    @Arg('targetShare', () => Percentage, { description: 'Of all who are in a group of that kind.' }) targetShare: BasisPoints,
    @Arg('direction', () => TargetDirection, { description: 'At least that, or at most.' }) direction: Direction,
    @Ctx() { world }: ApiContext,
  ): Promise<GroupTargetView> {
    return toTargetView(unwrap(await setGroupTarget(world, { kind, group, shareBp: targetShare, direction })))
  }

  @Authorized('tiers:write')
  @Mutation(() => Boolean, { description: 'Takes a target away, and with it its alarm. NOT_FOUND where there is none.' })
  async removeGroupTarget(
    @Arg('kind', () => GroupKindName, { description: 'By what customers fall into groups.' }) kind: GroupKind,
    @Arg('group', () => String, { description: "The group's code." }) group: string,
    @Ctx() { world }: ApiContext,
  ): Promise<boolean> {
    return unwrap(await removeGroupTarget(world, kind, group))
  }
}
