import { Mutation, Resolver } from '@nestjs/graphql'
import { Allow, Permission } from '@vendure/core'
import gql from 'graphql-tag'
import { Worker } from './worker'

export const syncSchema = gql`
  extend type Mutation {
    "Tells Regulars all customers, products and placed orders, page by page in jobs. It may be run again at any time."
    regularsSync: Boolean!
  }
`

@Resolver()
export class SyncResolver {
  constructor(private readonly worker: Worker) {}

  @Mutation()
  @Allow(Permission.UpdateSettings)
  async regularsSync(): Promise<boolean> {
    await this.worker.syncAll()
    return true
  }
}
