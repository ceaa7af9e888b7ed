/** Where the query will stand: what lets a customer into a tier may not ask for the tier. */
export type QueryPlace = 'AUDIENCE' | 'TIER'
