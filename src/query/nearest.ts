type Candidate = { readonly name: string; readonly away: number }

/** The known names that are nearest to what was written, the nearest first; none if nothing is near. */
export function nearest(written: string, known: readonly string[], most = 3): readonly string[] {
  const wanted = written.toLowerCase()
  const near = known
    .map((name): Candidate => ({ name, away: distance(wanted, name.toLowerCase()) }))
    .filter((candidate) => isNear(wanted, candidate))
    .toSorted((a, b) => a.away - b.away || (a.name < b.name ? -1 : 1))
  const best = near[0]?.away ?? 0
  return near
    .filter(({ away }) => away <= best + 2)
    .slice(0, most)
    .map(({ name }) => name)
}

/** A slip of the fingers, a part of the name, or another name made of one of its words. */
function isNear(wanted: string, { name, away }: Candidate): boolean {
  if (away <= Math.max(2, Math.floor(wanted.length * 0.4))) return true
  return (
    words(wanted).some((word) => words(name.toLowerCase()).includes(word)) || (wanted.length >= 4 && name.toLowerCase().includes(wanted))
  )
}

/** Words that tell names apart: not the short ones, and not the one that half of the names begin with. */
const words = (name: string): readonly string[] => name.split(/[_.]/).filter((word) => word.length >= 3 && word !== 'customer')

/** Letters to put in, take out, change, or swap with their neighbour (Damerau 1964, restricted). */
function distance(a: string, b: string): number {
  let beforeLast: readonly number[] = []
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(beforeLast, j - 2) + 1 : change
      row.push(Math.min(change, swapped, at(last, j) + 1, at(row, j - 1) + 1))
    }
    beforeLast = last
    last = row
  }
  return at(last, b.length)
}

const at = (row: readonly number[], i: number): number => row[i] ?? Number.POSITIVE_INFINITY
