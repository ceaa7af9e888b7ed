import { type ClassType, Field, Int, ObjectType } from 'type-graphql'
import type { Page } from '../../kernel/page.ts'

@ObjectType('PageInfo', { description: 'Where a page stands in its list.', simpleResolvers: true })
export class PageInfoView {
  @Field(() => Boolean, { description: 'Whether there is more after this page.' }) hasNextPage!: boolean
  @Field(() => Boolean, { description: 'Whether there is something before this page.' }) hasPreviousPage!: boolean
  @Field(() => String, { nullable: true, description: "The first node's cursor; null on an empty page." }) startCursor!: string | null
  @Field(() => String, { nullable: true, description: "The last node's cursor: give it as `after` for the next page." }) endCursor!:
    | string
    | null
}

export type Connection<Node> = { nodes: Node[]; pageInfo: PageInfoView; totalCount: () => Promise<number> }

/** The connection type of a node type: `class TagConnection extends connectionOf(TagView) {}` under an @ObjectType of that name. */
export function connectionOf<Node extends object>(node: ClassType<Node>) {
  @ObjectType({ simpleResolvers: true })
  abstract class ConnectionView {
    @Field(() => [node], { description: 'The rows of this page, in order.' }) nodes!: Node[]
    @Field(() => PageInfoView, { description: 'Where this page stands.' }) pageInfo!: PageInfoView
    @Field(() => Int, { description: 'How many there are in all. Counted only when asked for.' }) totalCount!:
      | number
      | (() => Promise<number>)
  }
  return ConnectionView
}

/** A page as its connection; `count` is asked only when totalCount is selected, since graphql-js calls a property that is a function. */
export function toConnection<T, Node>(page: Page<T>, view: (row: T) => Node, count: () => Promise<number>): Connection<Node> {
  const cursors = page.nodes.map(page.cursorOf)
  return {
    nodes: page.nodes.map(view),
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: cursors[0] ?? null,
      endCursor: cursors.at(-1) ?? null,
    },
    totalCount: count,
  }
}
