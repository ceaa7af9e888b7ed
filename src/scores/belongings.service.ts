import { onlyTold } from '../customers/belongings.service.ts'
import { tellScores } from './score.store.ts'

/** How a customer was scored beside the others is told when they ask. It follows from their orders. */
export const SCORES = onlyTold('scores', tellScores)
