import { Injectable } from '@nestjs/common'
import { type ID, type JobQueue, JobQueueService } from '@vendure/core'

export const KINDS = ['customers', 'products', 'orders'] as const
export type Kind = (typeof KINDS)[number]

/** `send`: these, as they are when the job runs. `page`: the next page of the full sync, after this id. */
export type Work =
  | { task: 'send'; channel: string; kind: Kind; ids: string[] }
  | { task: 'page'; channel: string; kind: Kind; after: string }

export type Done = { sent: number }

/** The plugin's queue: whoever has something to tell the engine, and need not wait for it, tells it through a job. */
@Injectable()
export class Jobs {
  private queue: JobQueue<Work> | undefined

  constructor(private readonly queues: JobQueueService) {}

  async open(process: (work: Work) => Promise<Done>): Promise<void> {
    this.queue = await this.queues.createQueue<Work>({ name: 'regulars', process: ({ data }) => process(data) })
  }

  async send(channel: string, kind: Kind, ids: readonly ID[]): Promise<void> {
    if (ids.length > 0) await this.add({ task: 'send', channel, kind, ids: ids.map(String) })
  }

  settle(channel: string, orderIds: readonly ID[]): Promise<void> {
    return this.send(channel, 'orders', orderIds)
  }

  async page(channel: string, kind: Kind, after = '0'): Promise<void> {
    await this.add({ task: 'page', channel, kind, after })
  }

  private async add(work: Work): Promise<void> {
    await this.queue?.add(work, { retries: 5 })
  }
}
