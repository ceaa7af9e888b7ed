import { eraseAuditOf } from '../audit/audit.service.ts'
import type { Belongings } from '../customers/merge.model.ts'
import { targetOf } from './link.service.ts'
import { forgetWords, tellLinks } from './link-people.store.ts'

/** Links that name a customer follow them by themselves: a name leads to whoever it was merged into, and back. */
export const LINKS: Belongings = {
  name: 'privateLinks',
  hold: async () => {},
  take: async () => null,
  giveBack: async () => {},
  settle: async () => {},
  tell: tellLinks,
  forget: async (world, customerIds) => {
    const forgotten = await forgetWords(world, customerIds)
    await eraseAuditOf(world, forgotten.map(targetOf))
  },
}
