import type { MedusaContainer } from '@medusajs/framework/types'
import { restartSync, syncNext } from '../sync/first-sync.ts'

/** Products and customers once a day as they are: for whatever changed without an event. */
export default async function tellAllNightly(container: MedusaContainer): Promise<void> {
  await restartSync(container, ['products', 'customers'])
  await syncNext(container)
}

export const config = { name: 'regulars-nightly', schedule: '17 3 * * *' }
