/**
 * Whether a spreadsheet would look at how a text begins and take it for a formula, and run it; where East Asian text is usual,
 * wide signs too.
 */
export const beginsFormula = (text: string): boolean => /^\s*[=+\-@＝＋－＠]/.test(text)

/** The text with an apostrophe before it if it would be taken for a formula: names and tags are other people's words. */
export const harmless = (text: string): string => (beginsFormula(text) && !NUMBER.test(text) ? `'${text}` : text)

/** What begins with a sign and is no formula, as amounts and phone numbers do. */
const NUMBER = /^[+-]\d[\d.,]*$/
