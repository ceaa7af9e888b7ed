import type { Command } from 'commander'
import { serve } from '../main.ts'
import { configured } from './session.ts'

export function addServe(program: Command): void {
  program
    .command('serve')
    .description('Serve both APIs until SIGTERM or SIGINT; migrates the database first.')
    .addHelpText('after', '\nExamples:\n  regulars serve\n  PORT=8080 DATABASE_URL=postgres://regulars@db/regulars regulars serve')
    .action(() => serve(configured()))
}
