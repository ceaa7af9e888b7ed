import { readFileSync } from 'node:fs'
import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import Fastify from 'fastify'
import { buildSchema } from 'graphql'

// The floor of GraphQL: the same schema, query and answer, from Apollo Server on fastify with resolvers that return a constant.
// It is set as the product is: with Apollo's own settings its cache control looks at every field, and the floor lies lower.

const [, , port = '0', answerFile = ''] = process.argv
const { data } = JSON.parse(readFileSync(answerFile, 'utf8')) as { data: Record<string, unknown> }
const schema = buildSchema(readFileSync(new URL('../schema/storefront.graphql', import.meta.url), 'utf8'))
const fields = schema.getQueryType()?.getFields() ?? {}
for (const [name, value] of Object.entries(data)) {
  const field = fields[name]
  if (field) field.resolve = () => value
}

const server = new ApolloServer({
  schema,
  persistedQueries: false,
  plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginLandingPageDisabled()],
})
await server.start()
const fastify = Fastify()
fastify.get('/readyz', async () => 'ready')
fastify.route({ url: '/storefront/graphql', method: ['GET', 'POST'], handler: fastifyApolloHandler(server) })
await fastify.listen({ port: Number(port), host: '127.0.0.1' })
