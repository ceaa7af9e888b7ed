import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isPlain, isWord } from '../kernel/text.ts'
import type { WantedCompany } from './company.model.ts'

const MAX_COMPANIES = 500
const MAX_TEXT = 200

/** One company once: named twice in a call, the later words count, as if it had been called twice. */
export function decideCompanies(wanted: readonly WantedCompany[]): Result<readonly WantedCompany[], Problem> {
  if (wanted.length > MAX_COMPANIES)
    return refuse(problem('TOO_MANY_ITEMS', `At most ${MAX_COMPANIES} companies a call; these are ${wanted.length}.`, ['companies']))
  const byExternalId = new Map<string, WantedCompany>()
  for (const [i, company] of wanted.entries()) {
    const fault = faultOf(company)
    if (fault !== null) return refuse(problem('BAD_USER_INPUT', fault.message, ['companies', i, fault.field]))
    const before = byExternalId.get(company.externalId)
    byExternalId.set(company.externalId, {
      externalId: company.externalId,
      name: company.name.trim(),
      industry: company.industry?.trim() ?? before?.industry ?? null,
      certified: company.certified ?? before?.certified ?? null,
    })
  }
  return accept([...byExternalId.values()])
}

function faultOf({ externalId, name, industry }: WantedCompany): { field: string; message: string } | null {
  if (!isWord(externalId, MAX_TEXT)) return { field: 'externalId', message: `externalId must have 1 to ${MAX_TEXT} printable characters.` }
  if (!isWord(name, MAX_TEXT)) return { field: 'name', message: `name must have 1 to ${MAX_TEXT} printable characters.` }
  if (industry !== null && (industry.length > MAX_TEXT || !isPlain(industry)))
    return { field: 'industry', message: `industry must have at most ${MAX_TEXT} printable characters.` }
  return null
}
