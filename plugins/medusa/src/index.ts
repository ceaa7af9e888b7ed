// What a shop's own code may need: the rest the plugin does by itself.
// biome-ignore lint/performance/noBarrelFile: an entry of the package
export { REGULARS } from './modules/regulars/index.ts'
export type { CustomerFacts, PricingContextInput, RegularsOptions, VariantFacts } from './modules/regulars/options.ts'
export { RegularsModuleService } from './modules/regulars/service.ts'
