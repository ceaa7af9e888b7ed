import type { Belongings } from './merge.model.ts'

const nothing = async (): Promise<void> => {}

/** What stays under a customer's own id, merged or not, or follows from what moves, and names nobody: it is told and no more. */
export const onlyTold = (name: string, tell: Belongings['tell']): Belongings => ({
  name,
  hold: nothing,
  take: nothing,
  giveBack: nothing,
  settle: nothing,
  tell,
  forget: nothing,
})
