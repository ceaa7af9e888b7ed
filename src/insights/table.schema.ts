import { registerEnumType } from 'type-graphql'

export enum FigureTable {
  WEEKDAY_HOURS = 'WEEKDAY_HOURS',
  NEW_AND_RETURNING = 'NEW_AND_RETURNING',
  COHORTS = 'COHORTS',
  SECOND_ORDERS = 'SECOND_ORDERS',
  WHAT_MAKES_REGULARS = 'WHAT_MAKES_REGULARS',
  REPURCHASE_RATES = 'REPURCHASE_RATES',
  RFM_GRID = 'RFM_GRID',
}
registerEnumType(FigureTable, {
  name: 'FigureTable',
  description: 'A figure of the shop as a table. Distributions and Pareto curves bring their own CSV.',
  valuesConfig: {
    WEEKDAY_HOURS: { description: 'weekdayHours: a row an hour.' },
    NEW_AND_RETURNING: { description: 'newAndReturning: a row a month.' },
    COHORTS: { description: 'cohorts: a row a cohort and month.' },
    SECOND_ORDERS: { description: 'secondOrders: a row for each number of days.' },
    WHAT_MAKES_REGULARS: { description: 'whatMakesRegulars: a row a thing.' },
    REPURCHASE_RATES: { description: 'repurchaseRates: a row a part.' },
    RFM_GRID: { description: 'rfmGrid: a row for each combination of scores.' },
  },
})
