import { access, constants, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import cliProgress from 'cli-progress'
import { type Command, Option } from 'commander'
import { FORMAT_NAMES, type FormatName, formatNamed } from '../imports/format.rules.ts'
import type { ImportSummary } from '../imports/import.model.ts'
import { type ImportOptions, importOrders } from '../imports/import.service.ts'
import type { Mapping } from '../imports/mapping.model.ts'
import { readMapping } from '../imports/mapping.rules.ts'
import { EXIT, Failure } from './failure.ts'
import { report } from './import-report.ts'
import { shopOption } from './keys.ts'
import { granted, withShop } from './session.ts'

const MORE = `
Formats: regulars (our own: order_id, placed_at, status, customer_id, sku, quantity, unit_price, …), taobao (the order
report of Taobao and Tmall's seller workbench), shopify (its export of orders). Without --format and --map the format is
told from the columns. Files may be gzipped; UTF-8 and GBK are told apart.

The same file again changes nothing; an order that differs is corrected. A row that cannot be understood is rejected with
all rows of its order, and stops nothing: rejected rows are written to a file of their own, each with its line and the
reason, ready to be mended and imported. It is all one transaction: an import that fails leaves nothing behind.

Exit codes: 0 done; 1 failed, nothing changed; 2 wrong usage, or a file or mapping that does not fit; 3 done, but for some
rows that were rejected.

Examples:
  regulars import orders ExportOrderList202601.csv --dry-run
  regulars import orders orders_export.csv.gz --shop uk --format shopify
  regulars import orders history.csv --map docs/guides/mappings/online-retail.json --rejects bad-rows.csv`

export function addImport(program: Command): void {
  const group = program.command('import').description("Take a shop's history into it.")
  group
    .command('orders')
    .description('Import orders, with the customers whom they name, from a CSV file.')
    .argument('<file>', 'a CSV file, one row a line item, plain or gzipped')
    .addOption(shopOption())
    .addOption(new Option('--format <name>', 'what wrote the file').choices(FORMAT_NAMES).conflicts('map'))
    .option('--map <file>', 'a JSON file that says what the columns mean (docs/guides/import.md)')
    .option('--dry-run', 'do everything, say what came of it, and undo it', false)
    .option('--rejects <file>', 'where rejected rows go (default: beside the file, as <file>.rejects.csv)')
    .option('--encoding <name>', 'of the file, if it is not told rightly: utf-8, gbk, big5, …')
    .addHelpText('after', MORE)
    .action(importFile)
}

type Options = {
  readonly shop: string
  readonly format?: FormatName
  readonly map?: string
  readonly dryRun: boolean
  readonly rejects?: string
  readonly encoding?: string
}

async function importFile(file: string, options: Options): Promise<void> {
  await readable(file)
  const mapping = options.map === undefined ? named(options.format) : await mappingIn(options.map)
  const rejectsPath = await rejectsFor(file, options.rejects)
  const { summary, currency } = await withShop(options.shop, async (world, shop, { database }) => {
    const bar = progressBar()
    try {
      const settings = { dryRun: options.dryRun, rejectsPath, onProgress: bar.show }
      const answer = await importOrders(database, world, { path: file, mapping, encoding: options.encoding ?? null }, settings)
      if (!answer.ok && answer.problem.code === 'BAD_USER_INPUT') throw new Failure(answer.problem.message, EXIT.WRONG_USAGE)
      return { summary: granted(answer), currency: shop.currency }
    } finally {
      bar.stop()
    }
  })
  console.log(report(summary, { file, shop: options.shop, currency, dryRun: options.dryRun, rejectsPath }))
  if (summary.rejectedRows > 0) throw new Failure(rejection(summary, rejectsPath), EXIT.SOME_REJECTED)
}

const rejection = ({ rejectedRows }: ImportSummary, path: string) =>
  `${rejectedRows} ${rejectedRows === 1 ? 'row was' : 'rows were'} rejected; see ${path} for the reasons.`

const named = (format: FormatName | undefined) => (format === undefined ? null : formatNamed(format))

/** Before anything is done: a wrong path is wrong usage. */
async function readable(file: string): Promise<void> {
  const found = await stat(file).catch(() => null)
  if (found === null) throw new Failure(`There is no file ${file}.`, EXIT.WRONG_USAGE)
  if (!found.isFile()) throw new Failure(`${file} is no file.`, EXIT.WRONG_USAGE)
  await access(file, constants.R_OK).catch(() => {
    throw new Failure(`${file} may not be read by this user.`, EXIT.WRONG_USAGE)
  })
}

async function mappingIn(file: string): Promise<Mapping> {
  await readable(file)
  const text = await readFile(file, 'utf8')
  const mapping = readMapping(parsed(file, text))
  if (!mapping.ok) throw new Failure(`In ${file}: ${mapping.problem.message}`, EXIT.WRONG_USAGE)
  return mapping.value
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Failure(`${file} is no JSON: ${error instanceof Error ? error.message : 'it cannot be read'}.`, EXIT.WRONG_USAGE)
  }
}

/** Beside the file unless it is said otherwise; never the file itself. That it can be written is known before anything is done. */
async function rejectsFor(file: string, wanted: string | undefined): Promise<string> {
  const target = wanted ?? `${file.replace(/(\.csv|\.txt)?(\.gz)?$/i, '')}.rejects.csv`
  if (path.resolve(target) === path.resolve(file))
    throw new Failure('The rejected rows cannot go into the file that they come from: name another with --rejects.', EXIT.WRONG_USAGE)
  try {
    await access(path.dirname(path.resolve(target)), constants.W_OK)
  } catch {
    throw new Failure(`Rejected rows would go to ${target}, which cannot be written: name another file with --rejects.`, EXIT.WRONG_USAGE)
  }
  return target
}

/** On a terminal only, and on stderr: what stdout says is the summary. */
function progressBar(): { readonly show: NonNullable<ImportOptions['onProgress']>; readonly stop: () => void } {
  if (!process.stderr.isTTY) return { show: () => {}, stop: () => {} }
  const bar = new cliProgress.SingleBar(
    { format: '{stage} {bar} {percentage}% | {duration_formatted}', stream: process.stderr, hideCursor: true },
    cliProgress.Presets.shades_classic,
  )
  let started = false
  return {
    show: ({ bytes, size, stage }) => {
      const payload = { stage: stage === 'READING' ? 'Reading' : 'Writing' }
      if (started) bar.update(bytes, payload)
      else bar.start(size, bytes, payload)
      started = true
    },
    stop: () => bar.stop(),
  }
}
