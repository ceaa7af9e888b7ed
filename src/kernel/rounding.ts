/** Upwards to two significant digits: 1,187.43 is 1,200. */
export function roundUp(figure: number): number {
  if (figure <= 10) return Math.ceil(figure)
  const unit = 10 ** (Math.floor(Math.log10(figure)) - 1)
  return Math.ceil(figure / unit) * unit
}
