// The smallest real shop: Medusa as it comes, everything but PostgreSQL in memory, no admin pages, and the plugin.
const { defineConfig } = require('@medusajs/framework/utils')

const { DATABASE_URL, REGULARS_ENDPOINT, REGULARS_KEY } = process.env

module.exports = defineConfig({
  projectConfig: {
    databaseUrl: DATABASE_URL,
    http: { storeCors: '*', adminCors: '*', authCors: '*', jwtSecret: 'a test', cookieSecret: 'a test' },
  },
  admin: { disable: true },
  plugins: REGULARS_ENDPOINT === undefined ? [] : [{ resolve: '@regulars/medusa', options: options() }],
})

function options() {
  return {
    endpoint: REGULARS_ENDPOINT,
    key: REGULARS_KEY,
    customer: ({ metadata }) => ({ emailVerified: metadata?.email_verified === true }),
    product: () => ({ brand: 'West Lake' }),
  }
}
