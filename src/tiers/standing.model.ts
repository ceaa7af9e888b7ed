/** What an evaluation does: how many go up, down, and stay (whoever is pinned stays). */
export type Evaluation = { readonly promoted: number; readonly demoted: number; readonly unchanged: number }

/** The same of a shop: of its customers, and beside them of its companies. */
export type ProgrammeEvaluation = Evaluation & { readonly companies: Evaluation }

/** A tier to be given by hand. */
export type WantedPin = { readonly tierCode: string; readonly until: number | null; readonly reason: string }
