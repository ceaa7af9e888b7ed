import type { Command } from 'commander'
import { withDatabase } from './session.ts'

export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description('Bring the database up to date, as serve does when it starts.')
    .addHelpText('after', '\nExample:\n  DATABASE_URL=postgres://regulars@db/regulars regulars migrate')
    .action(() =>
      withDatabase(async ({ migrated }) => {
        console.log(migrated.length === 0 ? 'The database is up to date.' : `Migrated: ${migrated.join(', ')}`)
      }),
    )
}
