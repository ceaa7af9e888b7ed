import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import type { Mapping } from './mapping.model.ts'
import { readMapping } from './mapping.rules.ts'
import { REGULARS } from './regulars-format.model.ts'
import { SHOPIFY } from './shopify-format.model.ts'
import { TAOBAO } from './taobao-format.model.ts'

/** The formats that need no mapping file, with columns that no other has. */
const FORMATS = {
  regulars: { document: REGULARS, marks: ['order_id', 'placed_at', 'sku'] },
  taobao: { document: TAOBAO, marks: ['订单编号', '买家会员名', '买家实际支付金额'] },
  shopify: { document: SHOPIFY, marks: ['Name', 'Financial Status', 'Lineitem name'] },
} as const
export type FormatName = keyof typeof FORMATS
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[]

/** A ready-made format is a mapping like any other, checked like any other. */
export function formatNamed(name: FormatName): Mapping {
  const mapping = readMapping(FORMATS[name].document)
  if (!mapping.ok) throw new Error(`format ${name}: ${mapping.problem.message}`)
  return mapping.value
}

/** Which format a file is in, by its columns. */
export function recognise(columns: readonly string[]): Result<Mapping, Problem> {
  const name = FORMAT_NAMES.find((one) => FORMATS[one].marks.every((mark) => columns.includes(mark)))
  if (name !== undefined) return accept(formatNamed(name))
  return refuse(
    problem(
      'BAD_USER_INPUT',
      `The columns are of none of the formats ${FORMAT_NAMES.join(', ')}: say with --map how they are to be read. They are: ${columns.join(', ').slice(0, 1_000)}`,
    ),
  )
}
