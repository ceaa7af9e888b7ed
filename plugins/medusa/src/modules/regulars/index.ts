import { Module } from '@medusajs/framework/utils'
import { RegularsModuleService } from './service.ts'

export const REGULARS = 'regulars'

export default Module(REGULARS, { service: RegularsModuleService })
