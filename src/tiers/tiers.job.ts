import type { DailyJob } from '../shell/background.ts'
import { settleTiers } from './evaluation.service.ts'

/** Orders leave the windows that tiers look at, and graces end, with time alone. */
export const tiersDaily: DailyJob = { name: 'tiers', run: settleTiers }
