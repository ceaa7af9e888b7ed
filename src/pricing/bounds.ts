/** How large the things may be that are priced; whoever lets them in refuses what is larger (pricing rules, section 7). */
export const BOUNDS = {
  linesPerCart: 500,
  memberPriceItems: 250,
  quantity: 1_000_000,
  codesPerCart: 20,
  rungsPerLadder: 100,
  stepsPerOffer: 50,
  itemsPerBundle: 100,
  itemsPerLink: 100,
} as const
