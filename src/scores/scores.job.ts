import type { DailyJob } from '../shell/background.ts'
import { settleScores } from './score.service.ts'

/** Scores are beside each other and by the days since the last order: both change with time alone. */
export const scoresDaily: DailyJob = { name: 'scores', run: settleScores }
