import request from 'supertest'
import type { App } from '../../src/app.ts'

/** An operation that knows what it takes and what it gives (npm run codegen). */
export type Operation<Data, Variables> = { readonly toString: () => string; readonly __apiType?: (variables: Variables) => Data }

export type GraphQLAnswer<Data = Record<string, unknown>> = {
  readonly status: number
  readonly data: Data | null
  readonly errors: readonly {
    message: string
    path?: (string | number)[]
    extensions: { code: string; inputPath?: (string | number)[] } & Record<string, unknown>
  }[]
}

/** Sends one operation to one API as whoever the headers say, over HTTP. */
export async function send(
  app: App,
  path: string,
  headers: Record<string, string>,
  query: string,
  variables: object = {},
): Promise<GraphQLAnswer> {
  const response = await request(app.fastify.server)
    .post(path)
    .set('content-type', 'application/json')
    .set(headers)
    .send({ query, variables })
  const body = response.body as { data?: Record<string, unknown> | null; errors?: GraphQLAnswer['errors'] }
  return { status: response.status, data: body.data ?? null, errors: body.errors ?? [] }
}

export const bearer = (secret: string): Record<string, string> => ({ authorization: `Bearer ${secret}` })

/** The data of an answer that must have no errors. */
// biome-ignore lint/suspicious/noExplicitAny: answers are looked at by tests, field by field
export function dataOf(answer: GraphQLAnswer): any {
  if (answer.errors.length > 0) throw new Error(`unexpected errors: ${JSON.stringify(answer.errors)}`)
  return answer.data
}
