import type { Shop } from './shop.mts'

/** A registered customer whose address is verified, as staff may make one; answers with the id. */
export async function register(shop: Pick<Shop, 'admin'>, emailAddress: string): Promise<string> {
  const { createCustomer } = await shop.admin<{ createCustomer: { id: string } }>(
    'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input, password: "password") { ... on Customer { id } ... on ErrorResult { message } } }',
    { input: { firstName: 'Mei', lastName: 'Lin', emailAddress } },
  )
  return createCustomer.id
}

/** Asks until it is so; work that others do takes its time. */
export async function until<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
  const end = Date.now() + 120_000
  for (;;) {
    const answer = await ask()
    if (isSo(answer)) return answer
    if (Date.now() > end) throw new Error(`It did not come to be: ${JSON.stringify(answer)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
