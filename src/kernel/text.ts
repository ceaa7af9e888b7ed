/** Whether a text is one line that a person could have typed and the database can hold: no control characters, no half of a surrogate pair. */
export const isPlain = (text: string): boolean => text.isWellFormed() && !/\p{Cc}/u.test(text)

/** What somebody wrote, on as many lines as they like: not blank, at most `max` characters, and such as the database can hold. */
export const isProse = (text: string, max: number): boolean =>
  text.length <= max && text.trim() !== '' && text.isWellFormed() && !text.includes('\0')

/** A name or a key: plain, not blank, at most `max` characters. */
export const isWord = (text: string, max: number): boolean => text.length <= max && text.trim() !== '' && isPlain(text)
