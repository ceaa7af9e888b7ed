import { Field, Float, ObjectType } from 'type-graphql'
import { Money } from '../api/shared/scalars.ts'
import type { Minor } from '../kernel/money.ts'
import type { Unit } from './measured.model.ts'

@ObjectType('Figure', { description: 'A value of a measure: exactly one field is given.', simpleResolvers: true })
export class FigureView {
  @Field(() => Float, { nullable: true, description: 'Pieces, or days with their fractions.' }) number!: number | null
  @Field(() => Money, { nullable: true, description: 'An amount; one between two is rounded half up.' }) amount!: Minor | null
}

export const toFigure = (unit: Unit, value: number): FigureView =>
  unit === 'MONEY' ? { number: null, amount: toAmount(value) } : { number: value, amount: null }

/** A sum of money as it came from the database; more than 2^53-1 has lost its last digit anyway. */
export const toAmount = (value: number): Minor => Math.min(Math.floor(value + 0.5), Number.MAX_SAFE_INTEGER) as Minor
