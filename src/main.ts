import { type App, openApp } from './app.ts'
import type { Config } from './config.ts'

/** The process: start, say where, and on a signal finish what is under way. */
export async function serve(config: Config): Promise<void> {
  const app = await openApp(config, { background: true })
  const at = await listen(app, config)
  app.fastify.log.info(`Regulars is ready: the storefront API is at ${at}/storefront/graphql, the admin API at ${at}/admin/graphql`)
}

/** Serves until a signal says to end, and answers with where. */
export async function listen(app: App, config: Config): Promise<string> {
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
  return app.fastify.listen({ port: config.port, host: config.host, listenTextResolver: (address) => `listening at ${address}` })
}
