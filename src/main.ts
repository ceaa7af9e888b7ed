import { openApp } from './app.ts'
import type { Config } from './config.ts'

/** The process: start, say where, and on a signal finish what is under way. */
export async function serve(config: Config): Promise<void> {
  const app = await openApp(config)
  await app.fastify.listen({ port: config.port, host: config.host })
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      app.close().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
}
