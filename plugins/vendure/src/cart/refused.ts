import { ErrorResult } from '@vendure/core'

export class RegularsRefusedError extends ErrorResult {
  override readonly __typename = 'RegularsRefusedError'
  override readonly errorCode = 'REGULARS_REFUSED_ERROR'
  override readonly message: string

  constructor(readonly reason: string) {
    super()
    this.message = `This cannot be used: ${reason}`
  }
}
