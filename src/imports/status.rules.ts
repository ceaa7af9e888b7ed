import type { OrderStatus } from '../orders/order.model.ts'
import { type Cells, type Header, type Test, test } from './cell.rules.ts'
import type { Mapping, StatusRule } from './mapping.model.ts'
import { RowFault } from './row-fault.rules.ts'

/** What a row says of its order's status; null where it says nothing, and another row may. */
export function statusReader(rule: StatusRule, header: Header, mapping: Mapping): (cells: Cells) => OrderStatus | null {
  const text = header.reader(rule.cell)
  const first: readonly { readonly tests: readonly Test[]; readonly is: OrderStatus }[] = rule.first.map(({ when, is }) => ({
    tests: when.map((condition) => test(condition, header, mapping.decimalMark)),
    is,
  }))
  // Where all that the rule looks at is empty, the row says nothing of the status: another row of the order does.
  const columns = [...(rule.cell?.columns ?? []), ...rule.first.flatMap(({ when }) => when.map(({ column }) => column))]
  const says = columns.map((column) => header.reader({ columns: [column], prefix: '', otherwise: null, optional: true }))
  return (cells) => {
    if (says.every((read) => read(cells) === '')) return null
    const ruled = first.find(({ tests }) => tests.every((holds) => holds(cells) === true))
    if (ruled !== undefined) return ruled.is
    const written = text(cells)
    if (written === '') return rule.otherwise
    const mapped = rule.map.find((entry) => fits(written.toLowerCase(), entry.text.toLowerCase()))
    if (mapped === undefined && rule.otherwise === null) throw new RowFault(`The status "${written.slice(0, 50)}" is not in the mapping.`)
    return mapped?.is ?? rule.otherwise
  }
}

const fits = (written: string, pattern: string) => (pattern.endsWith('*') ? written.startsWith(pattern.slice(0, -1)) : written === pattern)
