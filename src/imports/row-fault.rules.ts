/** What is wrong with a row, in words. Thrown where it is seen and caught where the row is read (line.rules.ts), nowhere else. */
export class RowFault extends Error {}
