/**
 * The text of an operation that knows by type what it takes and what it gives. What graphql-codegen writes in its
 * `documentMode: string` is one; so is a plain string, of which nothing is known.
 */
export type Operation<Data, Variables> = { toString(): string; readonly __apiType?: (variables: Variables) => Data }
