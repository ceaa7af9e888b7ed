/** One drawing a product, on a ground of its own: what a photograph would be in a shop. */
export const picture = (sku: string): string => {
  const [ground, drawing] = PICTURES[sku] ?? ['#eee', '']
  return `<svg viewBox="0 0 200 150" aria-hidden="true" focusable="false"><rect width="200" height="150" fill="${ground}"/><ellipse cx="100" cy="122" rx="62" ry="7" fill="#000" opacity=".08"/>${drawing}</svg>`
}

const leaf = (x: number, y: number, turn: number, fill: string) =>
  `<path transform="translate(${x} ${y}) rotate(${turn})" d="M0 0C10-16 30-16 42 0 30 12 10 12 0 0Z" fill="${fill}"/><path transform="translate(${x} ${y}) rotate(${turn})" d="M2 0H38" stroke="#fff" stroke-opacity=".45" stroke-width="1.5"/>`

const tin = (body: string, lid: string, label: string) =>
  `<rect x="68" y="44" width="64" height="78" rx="6" fill="${body}"/><rect x="66" y="34" width="68" height="18" rx="6" fill="${lid}"/><rect x="80" y="68" width="40" height="36" rx="3" fill="${label}"/><path d="M88 80h24M92 88h16" stroke="${body}" stroke-width="3" stroke-linecap="round"/>`

const PICTURES: Readonly<Record<string, readonly [ground: string, drawing: string]>> = {
  LONGJING: [
    '#e3ecd9',
    leaf(52, 84, -28, '#5c8a4a') + leaf(92, 96, -62, '#7aa661') + leaf(104, 88, 8, '#49773a') + leaf(74, 104, 6, '#8fb877'),
  ],
  TIEGUANYIN: ['#dfe8e2', tin('#2f5d50', '#24483e', '#f3eee0') + leaf(134, 108, -30, '#4f8a6f')],
  'PUER-2016': [
    '#efe4d6',
    '<circle cx="100" cy="76" r="46" fill="#6b4a35"/><circle cx="100" cy="76" r="46" fill="none" stroke="#57392a" stroke-width="4"/><circle cx="100" cy="76" r="10" fill="#57392a"/><path d="M70 58q10-8 20-2M112 52q12 2 18 12M68 90q8 12 20 16M118 104q12-6 16-18" stroke="#8b6a50" stroke-width="3" fill="none" stroke-linecap="round"/>',
  ],
  JASMINE: [
    '#eef0e2',
    '<circle cx="80" cy="98" r="15" fill="#7d9163"/><circle cx="112" cy="100" r="15" fill="#8fa274"/><circle cx="97" cy="78" r="15" fill="#6c8154"/><g transform="translate(128 62)"><circle r="5" fill="#e9c64f"/><g fill="#fff"><ellipse cy="-12" rx="6" ry="9"/><ellipse cy="12" rx="6" ry="9"/><ellipse cx="-12" rx="9" ry="6"/><ellipse cx="12" rx="9" ry="6"/></g><circle r="5" fill="#e9c64f"/></g>',
  ],
  GAIWAN: [
    '#e6ebef',
    '<path d="M62 70h76l-12 40q-2 6-8 6H82q-6 0-8-6Z" fill="#fff"/><path d="M70 64q30-30 60 0Z" fill="#f6f8fa"/><rect x="92" y="38" width="16" height="10" rx="4" fill="#fff"/><path d="M66 66h68" stroke="#c8d2da" stroke-width="3"/><path d="M56 116h88q-8 8-20 8H76q-12 0-20-8Z" fill="#f6f8fa"/><path d="M86 88q14 12 28 0" stroke="#6f9bb8" stroke-width="3" fill="none" stroke-linecap="round"/>',
  ],
  POT: [
    '#f0e0d8',
    '<path d="M64 78q36-34 72 0 8 40-36 42-44-2-36-42Z" fill="#7a3f2e"/><path d="M136 84q30-14 22-24-4-5-12 4-8 10-14 8" fill="none" stroke="#7a3f2e" stroke-width="9" stroke-linecap="round"/><path d="M64 84q-26-10-24 12 2 18 30 12" fill="none" stroke="#7a3f2e" stroke-width="8"/><path d="M74 68q26-16 52 0" stroke="#5f2f22" stroke-width="5" fill="none"/><circle cx="100" cy="50" r="8" fill="#5f2f22"/>',
  ],
}
