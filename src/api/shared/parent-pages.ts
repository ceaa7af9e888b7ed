import type { Page, PageRequest } from '../../kernel/page.ts'
import type { World } from '../../shell/world.ts'
import type { ApiContext } from './context.ts'
import { loaderOf } from './loaders.ts'

/** The same page of each parent's list, in the order of the parents, which are never twice the same. */
export type ReadPages<Row> = (world: World, parents: readonly string[], request: PageRequest) => Promise<readonly Page<Row>[]>

type Wanted = { readonly parent: string; readonly request: PageRequest }

/** A page of a list under a row of a list (a customer's orders): read at once for all rows of which the same page is asked. */
export function pageUnder<Row>(
  context: ApiContext,
  name: symbol,
  parent: string,
  request: PageRequest,
  read: ReadPages<Row>,
): Promise<Page<Row>> {
  return loaderOf(context, name, (wanted: readonly Wanted[], world) => readPages(world, wanted, read)).load({ parent, request })
}

async function readPages<Row>(world: World, wanted: readonly Wanted[], read: ReadPages<Row>): Promise<Page<Row>[]> {
  const asked = new Map<string, { readonly request: PageRequest; readonly parents: Set<string> }>()
  for (const { parent, request } of wanted) {
    const alike = asked.get(textOf(request)) ?? { request, parents: new Set() }
    asked.set(textOf(request), alike)
    alike.parents.add(parent)
  }
  const found = new Map<string, Page<Row>>()
  for (const [text, { request, parents }] of asked) {
    const ids = [...parents]
    for (const [i, page] of (await read(world, ids, request)).entries()) found.set(`${text} ${ids[i]}`, page)
  }
  return wanted.map(({ parent, request }) => found.get(`${textOf(request)} ${parent}`) as Page<Row>)
}

const textOf = ({ first, after }: PageRequest): string => `${first} ${after ?? ''}`
