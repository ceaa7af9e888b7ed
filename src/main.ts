import { openApp } from './app.ts'
import type { Config } from './config.ts'

/** The process: start, say where, and on a signal finish what is under way. */
export async function serve(config: Config): Promise<void> {
  const app = await openApp(config)
  let ending = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      // Whoever asks twice does not want to wait.
      if (ending) process.exit(1)
      ending = true
      app.fastify.log.info(`${signal}: finishing what is under way`)
      app.close().then(
        () => process.exit(0),
        (error: unknown) => {
          app.fastify.log.error({ err: error }, 'could not end cleanly')
          process.exit(1)
        },
      )
    })
  const at = await app.fastify.listen({ port: config.port, host: config.host, listenTextResolver: (address) => `listening at ${address}` })
  app.fastify.log.info(`Regulars is ready: the storefront API is at ${at}/storefront/graphql, the admin API at ${at}/admin/graphql`)
}
