/** What a storefront asks of a Vendure shop, as its pages do. */
import type { Session } from './shop.mts'

const ORDER = `code state couponCodes subTotalWithTax shippingWithTax totalWithTax
  discounts { description amountWithTax type }
  lines { id quantity unitPriceWithTax discountedUnitPriceWithTax linePriceWithTax discountedLinePriceWithTax proratedLinePriceWithTax productVariant { sku } }
  regulars { total discountTotal freeShipping gifts { sku quantity } refusedCodes { code outcome } refusedLink nextSteps { offerName missing } }`
const OR_ERROR = '... on ErrorResult { errorCode message } __typename'

export type Order = {
  __typename: string
  errorCode?: string
  message?: string
  transitionError?: string
  code: string
  state: string
  couponCodes: string[]
  subTotalWithTax: number
  shippingWithTax: number
  totalWithTax: number
  discounts: { description: string; amountWithTax: number; type: string }[]
  lines: {
    id: string
    quantity: number
    unitPriceWithTax: number
    discountedUnitPriceWithTax: number
    discountedLinePriceWithTax: number
    proratedLinePriceWithTax: number
    productVariant: { sku: string }
  }[]
  regulars: null | {
    total: number
    discountTotal: number
    freeShipping: boolean
    gifts: { sku: string; quantity: number }[]
    refusedCodes: { code: string; outcome: string }[]
    refusedLink: string | null
    nextSteps: { offerName: string; missing: number }[]
  }
}

export type Shown = {
  sku: string
  price: number
  priceWithTax: number
  regulars: {
    answered: boolean
    listPriceWithTax: number
    savingWithTax: number
    nextTier: null | { name: string; priceWithTax: number }
    quantityBreaks: object[]
  }
}

export function storefront(ask: Session) {
  const one = async (field: string, args = '', fields = ORDER): Promise<Order> => {
    const answer = await ask<{ it: Order }>(`mutation { it: ${field}${args} { ... on Order { ${fields} } ${OR_ERROR} } }`)
    return answer.it
  }
  return {
    ask,
    signIn: (email: string) =>
      ask<{ login: { __typename: string } }>(
        'mutation ($email: String!) { login(username: $email, password: "password") { __typename } }',
        { email },
      ),
    listing: async (take = 20): Promise<Shown[]> => {
      const { products } = await ask<{ products: { items: { variants: Shown[] }[] } }>(
        `query ($take: Int!) { products(options: { take: $take, sort: { id: ASC } }) { items { variants {
          sku price priceWithTax regulars { answered listPriceWithTax savingWithTax nextTier { name priceWithTax } quantityBreaks { minQuantity priceWithTax } } } } } }`,
        { take },
      )
      return products.items.flatMap(({ variants }) => variants)
    },
    search: async (groupByProduct: boolean, term = '') => {
      const { search } = await ask<{
        search: { items: { sku: string; priceWithTax: { value?: number; min?: number; max?: number }; regulars: Shown['regulars'] }[] }
      }>(
        `query ($input: SearchInput!) { search(input: $input) { items { sku
          priceWithTax { ... on SinglePrice { value } ... on PriceRange { min max } }
          regulars { answered listPriceWithTax savingWithTax nextTier { name priceWithTax } quantityBreaks { minQuantity priceWithTax } } } } }`,
        { input: { take: 20, groupByProduct, term } },
      )
      return search.items
    },
    add: (variantId: string, quantity: number) => one('addItemToOrder', `(productVariantId: "${variantId}", quantity: ${quantity})`),
    adjust: (lineId: string, quantity: number) => one('adjustOrderLine', `(orderLineId: "${lineId}", quantity: ${quantity})`),
    code: (code: string) => one('applyCouponCode', `(couponCode: "${code}")`),
    removeCode: async (code: string) =>
      (await ask<{ it: Order }>(`mutation { it: removeCouponCode(couponCode: "${code}") { ${ORDER} } }`)).it,
    link: (token: string) => one('applyRegularsLink', `(token: "${token}")`),
    cart: async () => (await ask<{ activeOrder: Order }>(`{ activeOrder { ${ORDER} } }`)).activeOrder,
    orderByCode: async (code: string) =>
      (await ask<{ orderByCode: Order }>(`query ($code: String!) { orderByCode(code: $code) { ${ORDER} } }`, { code })).orderByCode,
    guest: (emailAddress: string) =>
      ask(`mutation ($input: CreateCustomerInput!) { setCustomerForOrder(input: $input) { ${OR_ERROR} } }`, {
        input: { firstName: 'A', lastName: 'Guest', emailAddress },
      }),
    ship: async () => {
      await ask(`mutation ($input: CreateAddressInput!) { setOrderShippingAddress(input: $input) { ${OR_ERROR} } }`, {
        input: { fullName: 'Lin Mei', streetLine1: '1 Nanjing Road', city: 'Shanghai', postalCode: '200000', countryCode: 'CN' },
      })
      const { eligibleShippingMethods } = await ask<{ eligibleShippingMethods: { id: string }[] }>('{ eligibleShippingMethods { id } }')
      return one('setOrderShippingMethod', `(shippingMethodId: ["${eligibleShippingMethods[0]?.id}"])`)
    },
    to: async (state: string): Promise<Order> =>
      (
        await ask<{ it: Order }>(
          `mutation { it: transitionOrderToState(state: "${state}") { ... on Order { ${ORDER} } ... on OrderStateTransitionError { errorCode message transitionError } __typename } }`,
        )
      ).it,
    pay: async (method = 'test'): Promise<Order> =>
      (
        await ask<{ it: Order }>(
          `mutation { it: addPaymentToOrder(input: { method: "${method}", metadata: {} }) {
            ... on Order { ${ORDER} } ${OR_ERROR} ... on OrderStateTransitionError { transitionError } } }`,
        )
      ).it,
  }
}

export type Storefront = ReturnType<typeof storefront>
