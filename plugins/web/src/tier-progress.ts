import type { Shopper } from '@regulars/client'
import { h } from './dom.ts'
import { RegularsElement } from './element.ts'
import type { Voice } from './language.ts'
import type { Page } from './page.ts'

type NextTier = NonNullable<Shopper['nextTier']>
type Condition = NextTier['conditions'][number]

const CSS = `
:host{--space:12.5em}
.card{display:grid;gap:.5rem}
.row{display:flex;justify-content:space-between;gap:1rem;font-size:.875em}
.bar{block-size:.5rem;border-radius:1rem;background:var(--line);overflow:hidden;margin-block-start:.25rem}
.fill{block-size:100%;border-radius:inherit;background:var(--accent)}
`

/** The tier of who is signed in, what is missing for the next one, and what that opens. */
export class TierProgressElement extends RegularsElement<Shopper | null> {
  constructor() {
    super(CSS)
  }

  protected ask(page: Page): Promise<Shopper | null> | null {
    return page.settings.shopperToken ? page.shopper() : null
  }

  protected draw(shopper: Shopper | null, voice: Voice): readonly Node[] | null {
    if (shopper === null) return null
    const { tier, nextTier } = shopper
    return [
      h(
        'div',
        { role: 'group', part: 'card', class: 'card', 'aria-label': voice.tier },
        h('p', {}, h('strong', { part: 'tier' }, tier?.name ?? voice.noTier)),
        nextTier ? next(nextTier, voice) : tier && h('p', { part: 'next', class: 'muted' }, voice.topTier),
      ),
    ]
  }
}

const next = ({ tier, conditions, gains }: NextTier, voice: Voice) => [
  h('p', { part: 'next', class: 'muted' }, voice.next(tier.name)),
  conditions.map((each) => condition(each, voice)),
  gains.length > 0 && h('p', { part: 'gains', class: 'muted' }, voice.opens(gains.map((each) => gain(each, voice)).join(' · '))),
]

function condition({ attribute, has, needs }: Condition, voice: Voice): HTMLElement {
  const name = voice.figures[attribute] ?? attribute.replaceAll(/[_.]/g, ' ')
  const write = isMoney(attribute) ? voice.major : (figure: number) => figure.toLocaleString(voice.locale)
  const reached = voice.reached(write(has), write(needs))
  const fill = h('div', { class: 'fill', part: 'fill' })
  fill.style.inlineSize = `${Math.min(100, (has / needs) * 100)}%`
  return h(
    'div',
    { part: 'condition' },
    h('div', { class: 'row' }, h('span', {}, name), h('span', { part: 'figures' }, reached)),
    h(
      'div',
      {
        class: 'bar',
        part: 'bar',
        role: 'progressbar',
        'aria-label': name,
        'aria-valuemin': '0',
        'aria-valuemax': String(needs),
        'aria-valuenow': String(Math.min(has, needs)),
        'aria-valuetext': reached,
      },
      fill,
    ),
  )
}

/** The engine does not say which figures are amounts; their names do. */
const isMoney = (attribute: string): boolean => /amount|spent|margin/.test(attribute)

const gain = ({ name, percentOff }: NextTier['gains'][number], voice: Voice): string =>
  percentOff === null ? name : voice.upTo(name, percentOff)
