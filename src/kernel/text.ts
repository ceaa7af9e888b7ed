/** Whether a text is one line that a person could have typed and the database can hold: no control characters, no half of a surrogate pair. */
export const isPlain = (text: string): boolean => text.isWellFormed() && !/\p{Cc}/u.test(text)

/** A name or a key: plain, not blank, at most `max` characters. */
export const isWord = (text: string, max: number): boolean => text.length <= max && text.trim() !== '' && isPlain(text)
