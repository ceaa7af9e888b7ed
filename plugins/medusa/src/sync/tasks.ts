import type { MedusaContainer } from '@medusajs/framework/types'
import { ContainerRegistrationKeys } from '@medusajs/framework/utils'
import { REGULARS } from '../modules/regulars/index.ts'
import type { RegularsModuleService } from '../modules/regulars/service.ts'
import { tellCustomers } from './customers.ts'
import { tellOrder, tellUndone } from './orders.ts'
import { tellProducts } from './products.ts'
import { tellReturn } from './returns.ts'

type Act<Subject> = (container: MedusaContainer, subject: Subject) => Promise<unknown>

// What is told is how things stand, so that a task may be done twice, late, or in another order.
const TOGETHER = { product: tellProducts, customer: tellCustomers } satisfies Record<string, Act<readonly string[]>>
const ONE_BY_ONE = { order: tellOrder, return: tellReturn, undone: tellUndone } satisfies Record<string, Act<string>>

export type TaskId = `${keyof typeof TOGETHER | keyof typeof ONE_BY_ONE}:${string}`

type Task = { readonly id: string; readonly attempts: number; readonly wanted: number }

const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 3_600_000
/** How many are looked at in one go. */
const AT_ONCE = 200

/** Writes down that the engine is to be told, and has it told at once, without waiting for it. What fails stays written down. */
export async function tellSoon(container: MedusaContainer, id: TaskId): Promise<void> {
  await container.resolve<RegularsModuleService>(REGULARS).want(id)
  wake(container)
}

let _running: Promise<void> | null = null
let isWanted = false

/** One at a time in this process: what comes meanwhile is told together afterwards. */
function wake(container: MedusaContainer): void {
  isWanted = true
  _running ??= (async () => {
    try {
      while (isWanted) {
        isWanted = false
        await tellDue(container)
      }
    } catch (error) {
      container.resolve(ContainerRegistrationKeys.LOGGER).warn(`Regulars: told later: ${String(error)}`)
    } finally {
      _running = null
    }
  })()
}

/** Tells what is due by then. */
export async function tellDue(container: MedusaContainer, now = new Date()): Promise<void> {
  const regulars = container.resolve<RegularsModuleService>(REGULARS)
  for (;;) {
    const due = await regulars.listRegularsTasks({ due_at: { $lte: now } }, { take: AT_ONCE, order: { due_at: 'ASC' } })
    const kinds = Map.groupBy(due, ({ id }) => id.slice(0, id.indexOf(':')))
    for (const [kind, act] of Object.entries(TOGETHER)) await together(container, kinds.get(kind) ?? [], act)
    for (const [kind, act] of Object.entries(ONE_BY_ONE))
      for (const task of kinds.get(kind) ?? []) await attempt(container, [task], () => act(container, subjectOf(task)))
    if (due.length < AT_ONCE) return
  }
}

const subjectOf = ({ id }: Task): string => id.slice(id.indexOf(':') + 1)

/** In one request; one by one where the engine refuses it, so that one bad apple does not keep the others. */
async function together(container: MedusaContainer, tasks: readonly Task[], act: Act<readonly string[]>): Promise<void> {
  if (tasks.length === 0) return
  const { acted, isPassing } = await attempt(container, tasks, () => act(container, tasks.map(subjectOf)))
  if (acted || isPassing || tasks.length === 1) return
  for (const task of tasks) await attempt(container, [task], () => act(container, [subjectOf(task)]))
}

async function attempt(
  container: MedusaContainer,
  tasks: readonly Task[],
  act: () => Promise<unknown>,
): Promise<{ acted: boolean; isPassing: boolean }> {
  const regulars = container.resolve<RegularsModuleService>(REGULARS)
  try {
    await act()
    await regulars.done(tasks)
    return { acted: true, isPassing: false }
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error)
    const now = Date.now()
    await regulars.updateRegularsTasks(
      tasks.map(({ id, attempts }) => ({
        id,
        attempts: attempts + 1,
        due_at: new Date(now + Math.min(FIRST_WAIT_MS * 2 ** attempts, LONGEST_WAIT_MS)),
        last_error: because,
      })),
    )
    const what = tasks.length === 1 ? tasks[0]?.id : `${tasks.length} tasks`
    container.resolve(ContainerRegistrationKeys.LOGGER).warn(`Regulars: ${what}: not told yet: ${because}`)
    return { acted: false, isPassing: (error as { retryable?: boolean }).retryable === true }
  }
}
