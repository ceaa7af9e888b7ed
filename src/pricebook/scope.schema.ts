import { Field, InputType, Int, ObjectType } from 'type-graphql'

const REACHED =
  'Which products: the union of skus, categories, brands and productTags (all products, if none is given) less the union of the excluded ones.'
const PATH = 'Paths joined with /, as in passives/resistors; each reaches all below it.'
const NEW = 'Only products launched at most this many times 24 hours ago.'

@InputType('ScopeInput', { description: `${REACHED} An empty list is refused: leave it out.` })
export class ScopeInput {
  @Field(() => [String], { nullable: true, description: 'Compared exactly.' }) skus?: string[] | null
  @Field(() => [String], { nullable: true, description: PATH }) categories?: string[] | null
  @Field(() => [String], { nullable: true, description: 'Compared exactly.' }) brands?: string[] | null
  @Field(() => [String], { nullable: true, description: 'Compared without regard to case.' }) productTags?: string[] | null
  @Field(() => [String], { nullable: true, description: 'Compared exactly.' }) excludedSkus?: string[] | null
  @Field(() => [String], { nullable: true, description: PATH }) excludedCategories?: string[] | null
  @Field(() => [String], { nullable: true, description: 'Compared exactly.' }) excludedBrands?: string[] | null
  @Field(() => [String], { nullable: true, description: 'Compared without regard to case.' }) excludedProductTags?: string[] | null
  @Field(() => Int, { nullable: true, description: `${NEW} 1 to 36500.` }) launchedWithinDays?: number | null
}

@ObjectType('Scope', { description: REACHED, simpleResolvers: true })
export class ScopeView {
  @Field(() => [String], { nullable: true, description: 'Compared exactly.' }) skus?: readonly string[]
  @Field(() => [String], { nullable: true, description: PATH }) categories?: readonly string[]
  @Field(() => [String], { nullable: true, description: 'Compared exactly.' }) brands?: readonly string[]
  @Field(() => [String], { nullable: true, description: 'Compared without regard to case.' }) productTags?: readonly string[]
  @Field(() => [String], { nullable: true, description: 'Compared exactly.' }) excludedSkus?: readonly string[]
  @Field(() => [String], { nullable: true, description: PATH }) excludedCategories?: readonly string[]
  @Field(() => [String], { nullable: true, description: 'Compared exactly.' }) excludedBrands?: readonly string[]
  @Field(() => [String], { nullable: true, description: 'Compared without regard to case.' }) excludedProductTags?: readonly string[]
  @Field(() => Int, { nullable: true, description: NEW }) launchedWithinDays?: number
}
