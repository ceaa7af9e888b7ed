import type { MedusaContainer } from '@medusajs/framework/types'
import { syncNext } from '../sync/first-sync.ts'
import { tellDue } from '../sync/tasks.ts'

/** Tells what the engine could not be told before, and goes on with the first full sync where it stands. */
export default async function tellRegulars(container: MedusaContainer): Promise<void> {
  await tellDue(container)
  await syncNext(container)
}

export const config = { name: 'regulars-tell', schedule: '* * * * *' }
