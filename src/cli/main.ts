import { readConfig } from '../config.ts'
import { serve } from '../main.ts'

const config = readConfig()
if (!config.ok) {
  console.error(config.problem.join('\n'))
  process.exit(2)
}
await serve(config.value)
