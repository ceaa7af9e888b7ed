/** One fault of a query, told so that it can be put right. Lines and columns count from 1. */
export type QueryFault = {
  readonly line: number
  readonly column: number
  /** In the form `Line 1 Column 6: 'valid' is unexpected.`, with a sentence more where the reason is not plain to see. */
  readonly message: string
  /** The same for who reads Chinese. */
  readonly messageZh: string
  /** What could have stood there. */
  readonly expected: readonly string[]
  /** The one thing that was most likely meant. */
  readonly suggestion: string | null
}
