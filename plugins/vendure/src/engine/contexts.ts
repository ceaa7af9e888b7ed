import { Injectable } from '@nestjs/common'
import { Channel, type RequestContext, RequestContextService, TransactionalConnection } from '@vendure/core'

/** On whose behalf jobs and events work: a channel's, outside of any request and its transaction. */
@Injectable()
export class Contexts {
  constructor(
    private readonly contexts: RequestContextService,
    private readonly connection: TransactionalConnection,
  ) {}

  async ofChannel(code: string): Promise<RequestContext> {
    const channel = await this.connection.rawConnection.getRepository(Channel).findOneByOrFail({ code })
    return this.contexts.create({ apiType: 'admin', channelOrToken: channel.token })
  }

  async codes(): Promise<string[]> {
    return (await this.connection.rawConnection.getRepository(Channel).find()).map(({ code }) => code)
  }
}
