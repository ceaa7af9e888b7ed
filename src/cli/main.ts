#!/usr/bin/env node
import '../production.ts'

import { Command, CommanderError } from 'commander'
import { addDemo } from './demo.ts'
import { EXIT, type ExitCode, Failure, sentenceOf } from './failure.ts'
import { addImport } from './import-orders.ts'
import { addKeys } from './keys.ts'
import { addMigrate } from './migrate.ts'
import { addServe } from './serve.ts'
import { addShop } from './shop.ts'

const ENVIRONMENT = `
Environment:
  DATABASE_URL            postgres://… of a server; left out: an embedded database, one process at a time
  REGULARS_DATA_DIR       the embedded database's folder (default .regulars)
  PORT, HOST              where serve listens (4000, 127.0.0.1)
  REGULARS_BOOTSTRAP_KEY  an owner's key of shop main with this text exists from start on (32 characters or more)
  LOG_LEVEL               fatal, error, warn, info (default), debug, trace or silent

Exit codes:
  0  done
  1  failed; a sentence on stderr says why, and nothing was changed
  2  wrong usage or configuration; nothing was tried
  3  done, but for some rows of a file that were rejected

Examples:
  regulars serve
  regulars shop add uk --name "UK shop" --currency GBP --time-zone Europe/London
  regulars keys add --shop uk --kind PLUGIN --name "web shop"
  regulars import orders orders_export.csv --shop uk --dry-run`

const COMMANDS = [addServe, addDemo, addMigrate, addShop, addKeys, addImport]

function program(): Command {
  const regulars = new Command('regulars')
    .description("A headless engine for a shop's returning customers.")
    .version('0.1.0', '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .showSuggestionAfterError()
    .addHelpText('after', ENVIRONMENT)
  for (const add of COMMANDS) add(regulars)
  throwAll(regulars)
  return regulars
}

/** Commander would end the process by itself, with 1 for wrong usage. */
function throwAll(command: Command): void {
  command.exitOverride().configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'regulars: ')) })
  for (const child of command.commands) throwAll(child)
}

async function run(): Promise<ExitCode> {
  try {
    await program().parseAsync()
    return EXIT.OK
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.OK : EXIT.WRONG_USAGE
    process.stderr.write(`regulars: ${sentenceOf(error)}\n`)
    return error instanceof Failure ? error.exitCode : EXIT.FAILED
  }
}

process.exitCode = await run()
