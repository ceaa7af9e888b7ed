import { Field, InputType, Int, ObjectType } from 'type-graphql'
import { connectionOf } from '../api/shared/paging.ts'
import { DateTime, Money } from '../api/shared/scalars.ts'
import { instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'
import type { GivenProduct, Product, ProductPrice } from './product.model.ts'

@InputType('ProductInput', {
  description:
    'A product of the catalogue. What is left out stays as it is; an empty list empties. A sku that comes twice in one call is as if it came in two.',
})
export class ProductInput {
  @Field(() => String, { description: 'Names the product, byte for byte; 1 to 200 characters.' }) sku!: string
  @Field(() => String, { description: '1 to 500 characters.' }) name!: string
  @Field(() => Money, { description: 'What one unit costs before any rule.' }) listPrice!: Minor
  @Field(() => Money, {
    nullable: true,
    description: 'The lowest unit price that a rule may reach; one above the list price means the list price.',
  })
  floorPrice?: Minor | null
  @Field(() => Money, { nullable: true, description: 'Never shown on the storefront API.' }) costPrice?: Minor | null
  @Field(() => String, { nullable: true, description: '1 to 200 characters; rules compare it byte for byte.' }) brand?: string | null
  @Field(() => [[String]], {
    nullable: true,
    description: 'Each from the root down, e.g. [["passives", "resistors"]]; at most 50, of at most 20 segments without "/".',
  })
  categoryPaths?: string[][] | null
  @Field(() => [String], { nullable: true, description: 'At most 250; they compare without regard to case.' }) tags?: string[] | null
  @Field(() => Int, { nullable: true, description: 'Units there are; 0 or more.' }) stock?: number | null
  @Field(() => DateTime, { nullable: true, description: 'From when on it is sold: for rules about new products.' }) launchedAt?: Date | null
}

@ObjectType('ProductPrice', { description: 'The prices of a product from an instant on, until the next.', simpleResolvers: true })
export class ProductPriceView {
  @Field(() => DateTime, { description: 'From when on.' }) since!: Date
  @Field(() => Money, { description: 'What one unit costs before any rule.' }) listPrice!: Minor
  @Field(() => Money, { nullable: true, description: 'The lowest unit price that a rule may reach.' }) floorPrice!: Minor | null
  @Field(() => Money, { nullable: true, description: 'What one unit costs the shop.' }) costPrice!: Minor | null
}

@ObjectType('ProductPriceConnection', { description: "A page of a product's prices.", simpleResolvers: true })
export class ProductPriceConnection extends connectionOf(ProductPriceView) {}

@ObjectType('Product', { description: 'A product of the catalogue.', simpleResolvers: true })
export class AdminProduct {
  @Field(() => String, { description: 'Names the product, byte for byte.' }) sku!: string
  @Field(() => String, { description: 'What it is called.' }) name!: string
  @Field(() => Money, { description: 'What one unit costs before any rule.' }) listPrice!: Minor
  @Field(() => Money, { nullable: true, description: 'The lowest unit price that a rule may reach; null: none of its own.' })
  floorPrice!: Minor | null
  @Field(() => Money, { nullable: true, description: 'What one unit costs the shop.' }) costPrice!: Minor | null
  @Field(() => String, { nullable: true, description: 'Rules compare it byte for byte.' }) brand!: string | null
  @Field(() => [[String]], { description: 'The categories it is in, each from the root down.' }) categoryPaths!: string[][]
  @Field(() => [String], { description: 'As the shop writes them.' }) tags!: string[]
  @Field(() => Int, { nullable: true, description: 'Units there are; null: not told.' }) stock!: number | null
  @Field(() => DateTime, { nullable: true, description: 'From when on it is sold.' }) launchedAt!: Date | null
}

@ObjectType('ProductConnection', { description: 'A page of the catalogue.', simpleResolvers: true })
export class ProductConnection extends connectionOf(AdminProduct) {}

export const fromProductInput = (input: ProductInput): GivenProduct => ({
  sku: input.sku,
  name: input.name,
  listPrice: input.listPrice,
  floorPrice: input.floorPrice ?? null,
  costPrice: input.costPrice ?? null,
  brand: input.brand ?? null,
  categoryPaths: input.categoryPaths ?? null,
  tags: input.tags ?? null,
  stock: input.stock ?? null,
  launchedAt: input.launchedAt ? instant(input.launchedAt) : null,
})

export const toAdminProduct = ({ categories, launchedAt, tags, ...product }: Product): AdminProduct => ({
  ...product,
  categoryPaths: categories.map((path) => path.split('/')),
  tags: [...tags],
  launchedAt: launchedAt === null ? null : new Date(launchedAt),
})

export const toProductPriceView = (price: ProductPrice): ProductPriceView => ({ ...price, since: new Date(price.since) })
