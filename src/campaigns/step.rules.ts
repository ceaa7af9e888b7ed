import type { Problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { bad, firstOf, LONGEST_WORD, readEach, tooMany, wholeFault, wordFault } from '../pricebook/checks.model.ts'
import { ANY_SEGMENT } from '../query/segment.ts'
import { readQuery } from '../segments/customer-query.model.ts'
import type { CampaignKind, Step } from './campaign.model.ts'
import type { WantedStep } from './wanted.model.ts'

/** Nobody is written to more often than this by one campaign. */
const MOST_STEPS = 8

/** The steps of a campaign, numbered in their order. */
export function readSteps(wanted: readonly WantedStep[], kind: CampaignKind): Result<readonly Step[], Problem> {
  if (wanted.length > MOST_STEPS) return refuse(tooMany('steps a campaign', MOST_STEPS, 'steps'))
  const read = readEach(wanted, 'steps', (step) => readStep(step, kind))
  if (!read.ok) return read
  const fault = firstStepFault(read.value)
  return fault === null ? accept(read.value.map((step, i) => ({ ...step, number: i + 1 }))) : refuse(fault)
}

function readStep(wanted: WantedStep, kind: CampaignKind): Result<Step, Problem> {
  const { channels } = wanted
  const twice = channels.findIndex((channel, i) => channels.indexOf(channel) !== i)
  const condition = wanted.condition == null || wanted.condition.trim() === '' ? null : wanted.condition
  const query = readQuery(condition, ['condition'], 'AUDIENCE', ANY_SEGMENT)
  const fault = firstOf(
    wholeFault(wanted.delayDays, 0, 365, 'delayDays'),
    wholeFault(wanted.delayHours, 0, 23, 'delayHours'),
    channels.length === 0 ? bad('A step needs a channel.', 'channels') : null,
    twice === -1 ? null : bad(`${channels[twice] ?? ''} is there twice.`, 'channels', twice),
    wordFault(wanted.templateCode, LONGEST_WORD, 'templateCode'),
    query.ok ? null : query.problem,
  )
  if (fault !== null) return refuse(fault)
  return accept({
    number: 0,
    delayHours: (wanted.delayDays ?? 0) * 24 + (wanted.delayHours ?? 0),
    after: wanted.after ?? 'PREVIOUS',
    channels,
    templateCode: wanted.templateCode,
    condition,
    onlyIf: wanted.onlyIf ?? null,
    purpose: wanted.purpose ?? (kind === 'CARE' ? 'CARE' : 'MARKETING'),
  })
}

/** Before the first step nothing was sent that could have been opened. */
const firstStepFault = ([first]: readonly Step[]): Problem | null =>
  first?.onlyIf === 'OPENED_NOT_BOUGHT'
    ? bad('OPENED_NOT_BOUGHT looks at what was sent before: the first step has nothing before it.', 'steps', 0, 'onlyIf')
    : null
