import { type Page, type PageRequest, page } from '../kernel/page.ts'
import { changed } from '../shell/topic.ts'
import type { World } from '../shell/world.ts'
import type { Customer } from './customer.model.ts'
import { countPeople, findPeople, listPeople } from './customer.store.ts'
import { CUSTOMERS } from './customer.topic.ts'

export type PeopleWanted = { readonly companyId: string; readonly request: PageRequest }

/** A page of the people of each company, in the order asked: one statement for all that ask for the same page. */
export async function peopleOf(world: World, wanted: readonly PeopleWanted[]): Promise<Page<Customer>[]> {
  const pages = new Map<PeopleWanted, Page<Customer>>()
  for (const alike of Map.groupBy(wanted, ({ request }) => `${request.first} ${request.after ?? ''}`).values()) {
    const [{ request }] = alike as [PeopleWanted]
    const found = Map.groupBy(
      await listPeople(
        world,
        alike.map(({ companyId }) => companyId),
        request,
      ),
      ({ companyId }) => companyId,
    )
    for (const one of alike)
      pages.set(
        one,
        page(
          (found.get(one.companyId) ?? []).map(({ customer }) => customer),
          request,
          (customer) => customer.id,
        ),
      )
  }
  return wanted.flatMap((one) => pages.get(one) ?? [])
}

export async function numbersOfPeople(world: World, companyIds: readonly string[]): Promise<number[]> {
  const counts = await countPeople(world, companyIds)
  return companyIds.map((id) => counts.get(id) ?? 0)
}

/** What is known of the people of companies that changed is read anew. */
export async function forgetPeople(world: World, companyIds: readonly string[]): Promise<void> {
  if (companyIds.length > 0) changed(world, CUSTOMERS, await findPeople(world, companyIds))
}
