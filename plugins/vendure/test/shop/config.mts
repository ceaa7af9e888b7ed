/** A Vendure shop as its developer would write it. */

import {
  bootstrap,
  DefaultJobQueuePlugin,
  DefaultLogger,
  DefaultSchedulerPlugin,
  DefaultSearchPlugin,
  dummyPaymentHandler,
  LogLevel,
  type VendureConfig,
} from '@vendure/core'
import { RegularsPlugin } from '../../dist/plugin.js'
import { testPaymentHandler } from './payment.mts'

export type ShopSettings = {
  port: number
  databaseUrl: string
  /** Null: without the plugin. */
  regulars: Parameters<typeof RegularsPlugin.init>[0] | null
}

export function shopConfig({ port, databaseUrl, regulars }: ShopSettings): VendureConfig {
  return {
    apiOptions: { port, hostname: '127.0.0.1', adminApiPath: 'admin-api', shopApiPath: 'shop-api' },
    authOptions: {
      tokenMethod: 'bearer',
      superadminCredentials: { identifier: 'superadmin', password: 'superadmin' },
      requireVerification: true,
    },
    dbConnectionOptions: { type: 'postgres', url: databaseUrl, synchronize: true, logging: false },
    paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler, testPaymentHandler] },
    // Server and worker are one process here.
    schedulerOptions: { runTasksInWorkerOnly: false },
    logger: new DefaultLogger({ level: LogLevel.Warn }),
    plugins: [
      DefaultJobQueuePlugin.init({ pollInterval: 50 }),
      DefaultSchedulerPlugin.init({ manualTriggerCheckInterval: 200 }),
      DefaultSearchPlugin.init({ bufferUpdates: false }),
      ...(regulars === null ? [] : [RegularsPlugin.init(regulars)]),
    ],
  }
}

export { bootstrap }
