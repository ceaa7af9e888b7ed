/** Compares as the bytes of UTF-8 do, which is the order of code points; JavaScript's own `<` puts astral letters before U+E000. */
export function byBytes(a: string, b: string): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) return inByteOrder(x) - inByteOrder(y)
  }
  return a.length - b.length
}

/** Moves the surrogates above the rest of the code units, where the letters that they stand for belong. */
const inByteOrder = (unit: number): number => {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}

/** How codes compare: without regard to the case of A to Z, and of nothing else. */
export const foldCode = (code: string): string => code.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())

/** How product tags compare: without regard to case. */
export const foldTag = (tag: string): string => tag.toLowerCase()
