import type { RawBuilder } from 'kysely'
import type { Instant } from '../kernel/clock.ts'
import type { Scope } from '../pricing/rule.ts'
import { tagKey } from '../query/facts.ts'
import { asTexts, atInstant, sql } from '../shell/sql.ts'

/** What `reaches` says (src/pricing/scope.ts), of the rows of `product p`; without an instant of products of any age. */
export function inScope(scope: Scope | null, at: Instant | null): RawBuilder<unknown> {
  if (scope === null) return sql`true`
  const included = anyOf(scope.skus, scope.categories, scope.brands, scope.productTags)
  const excluded = anyOf(scope.excludedSkus, scope.excludedCategories, scope.excludedBrands, scope.excludedProductTags)
  const days = scope.launchedWithinDays
  const launched =
    days === undefined || at === null
      ? sql`true`
      : sql`(p.launched_at >= ${atInstant(at)} - ${days * 24}::integer * interval '1 hour' and p.launched_at <= ${atInstant(at)})`
  return sql`(${included ?? sql`true`} and not ${excluded ?? sql`false`} and coalesce(${launched}, false))`
}

type Words = readonly string[] | undefined

/** Each part is true or false, never unknown: what is excluded is its complement. */
function anyOf(skus: Words, categories: Words, brands: Words, tags: Words): RawBuilder<unknown> | null {
  const parts = [
    skus && sql`p.sku = any(${asTexts(skus)})`,
    brands && sql`coalesce(p.brand = any(${asTexts(brands)}), false)`,
    tags && sql`p.tag_keys && ${asTexts(tags.map(tagKey))}`,
    categories &&
      sql`exists (select 1 from unnest(p.categories) as path, unnest(${asTexts(categories)}) as wanted
                  where path = wanted or starts_with(path, wanted || '/'))`,
  ].filter((part) => part !== undefined)
  return parts.length === 0 ? null : sql`(${sql.join(parts, sql` or `)})`
}
