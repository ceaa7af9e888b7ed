const EVALUATIONS = 2_000

/**
 * Where a function of a few variables is least, from a start: the simplex of Nelder and Mead (The Computer Journal 7/4, 1965), with its
 * usual coefficients, begun once more from what it found so that it does not stay where it collapsed. Infinity is a wall.
 */
export function leastOf(f: (at: readonly number[]) => number, start: readonly number[], step = 0.5): readonly number[] {
  return descend(f, descend(f, start, step), step / 5)
}

type Corner = { readonly at: readonly number[]; readonly value: number }

function descend(f: (at: readonly number[]) => number, start: readonly number[], step: number): readonly number[] {
  const corner = (at: readonly number[]): Corner => ({ at, value: finite(f(at)) })
  const corners = [start, ...start.map((_, i) => start.map((x, j) => (i === j ? x + step : x)))].map(corner)
  for (let asked = corners.length; asked < EVALUATIONS; ) {
    corners.sort((a, b) => a.value - b.value)
    const best = corners[0] as Corner
    const worst = corners.at(-1) as Corner
    const second = corners.at(-2) as Corner
    if (worst.value - best.value <= 1e-9 * (1 + Math.abs(best.value))) break
    const others = corners.slice(0, -1)
    const center = start.map((_, i) => others.reduce((sum, { at }) => sum + (at[i] ?? 0), 0) / others.length)
    const along = (by: number) => corner(center.map((x, i) => x + by * ((worst.at[i] ?? 0) - x)))
    const reflected = along(-1)
    asked += 1
    if (reflected.value >= best.value && reflected.value < second.value) {
      corners[corners.length - 1] = reflected
      continue
    }
    const tried = reflected.value < best.value ? along(-2) : along(reflected.value < worst.value ? -0.5 : 0.5)
    asked += 1
    if (tried.value < Math.min(reflected.value, worst.value)) corners[corners.length - 1] = tried
    else if (reflected.value < best.value) corners[corners.length - 1] = reflected
    else {
      for (const [i, { at }] of corners.entries()) if (i > 0) corners[i] = corner(at.map((x, j) => ((best.at[j] ?? 0) + x) / 2))
      asked += others.length
    }
  }
  return corners.reduce((a, b) => (b.value < a.value ? b : a)).at
}

const finite = (value: number): number => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value)
