import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { faultOf, type Manner, write } from './liquid.rules.ts'

const HTML: Manner = { markup: 'HTML', timeZone: 'Asia/Shanghai', currency: 'CNY', language: 'en' }
const TEXT: Manner = { ...HTML, markup: 'TEXT' }
const written = (source: string, variables: object, manner = TEXT) => {
  const answer = write(source, variables as never, manner)
  return answer.ok ? answer.value : answer.problem
}

test('a value is text in HTML, whatever it holds and whatever the template does to it', () => {
  const ways = [
    '{{ customer.name }}',
    '{{ customer.name | upcase }}',
    '{{ customer.name | append: customer.name }}',
    '{{ customer.name | default: "x" }}',
    '{% assign n = customer.name %}{{ n }}',
    '{% capture n %}{{ customer.name }}{% endcapture %}{{ n }}',
    '{% if customer.name %}{{ customer.name }}{% endif %}',
    '{{ customer.name | split: "" | join: "" }}',
    '{{ customer.name | replace: "a", "b" }}',
    '{{ customer.name | truncate: 5 }}',
    '{{ customer.name | slice: 0, 50 }}',
  ]
  fc.assert(
    fc.property(
      fc.constantFrom(...ways),
      fc.array(fc.constantFrom('<', '>', '"', "'", '&', 'a', '<script>', '</p>', '{{', '%}')),
      (source, parts) => {
        const name = parts.join('')
        if (name === '') return
        expect(written(source, { customer: { name } }, HTML)).not.toMatch(/[<>"']/)
      },
    ),
  )
})

test.each(['raw', 'where_exp: "x", "y"', 'json', 'newline_to_br', 'base64_decode'])('there is no filter %s', (filter) => {
  expect(faultOf(`{{ customer.name | ${filter} }}`, HTML)).toMatch(/undefined filter/)
})

test.each([
  '{% include "a" %}',
  '{% render "a" %}',
  '{% layout "a" %}',
  '{% block a %}{% endblock %}',
  '{% echo customer.name %}',
  '{% liquid echo customer.name %}',
  '{% cycle customer.name, "b" %}',
  '{% tablerow i in (1..2) %}{% endtablerow %}',
])('there is no tag %s: nothing is read from a file, and nothing put out unescaped', (source) => {
  expect(faultOf(source, HTML)).toMatch(/tag .* not found/)
})

describe('what a template may say', () => {
  test.each([
    ['{{ customer.nme }}', 'There is no variable "customer.nme"; of customer there is name, external_id'],
    ['{{ custmer.name }}', 'There is no variable "custmer".'],
    ['{{ coupon.code.x }}', 'There is no variable "coupon.code.x"; of coupon.code there is nothing more.'],
    ['{{ customer[shop.name] }}', 'say outright which one is meant'],
    ['{% for o in offers %}{{ o.nme }}{% endfor %}', '"o.nme" is not known here'],
    ['{{ customer.name', 'output "{{ customer.name" not closed'],
    ['{% if customer.name %}', 'tag {% if customer.name %} not closed'],
    ['{{ customer.constructor }}', 'There is no variable "customer.constructor"'],
    ['{{ customer.__proto__ }}', 'There is no variable "customer.__proto__"'],
  ])('%s is told', (source, fault) => {
    expect(faultOf(source, TEXT)).toContain(fault)
  })

  test.each([
    '{{ offers[0].name }} {{ offers.first.name }} {{ offers.size }}',
    '{% for o in offers %}{{ o.name }}{% endfor %}',
    '{{ customer.tier.name }}',
  ])('%s is known', (source) => {
    expect(faultOf(source, TEXT)).toBeNull()
  })
})

test('what is not known of a customer is no empty text: the template asks first, or says what instead', () => {
  expect(written('Dear {{ customer.name }}', { customer: {} })).toContain('"customer.name" is not known here')
  expect(written('Dear {{ customer.name | default: "friend" }}', { customer: {} })).toBe('Dear friend')
  expect(written('{% if coupon %}{{ coupon.code }}{% else %}none{% endif %}', {})).toBe('none')
})

test('what a filter cuts in the middle of a character can still be kept', () => {
  for (const way of ['slice: 0, 1', 'truncate: 1, ""', 'split: "" | first'])
    expect(written(`{{ customer.name | ${way} }}`, { customer: { name: '😀😀' } }).isWellFormed()).toBe(true)
})

test('amounts and days are written as the reader writes them, in the shop’s zone and currency', () => {
  expect(written('{{ order.total | money }}', { order: { total: 123_450 } })).toBe('CN¥1,234.50')
  expect(written('{{ order.total | money }}', { order: { total: 123_450 } }, { ...TEXT, language: 'zh-CN' })).toBe('¥1,234.50')
  expect(written('{{ order.total | money }}', { order: { total: 500 } }, { ...TEXT, currency: 'JPY' })).toBe('¥500')
  expect(written('{{ order.placed_at | date: "%Y-%m-%d %H:%M" }}', { order: { placed_at: '2026-01-01T20:00:00.000Z' } })).toBe(
    '2026-01-02 04:00',
  )
})

test.each([
  '{% for i in (1..100000000) %}x{% endfor %}',
  '{% for i in (1..1000) %}{% for j in (1..1000) %}x{% endfor %}{% endfor %}',
  `{% for i in (1..4000) %}${'x'.repeat(1_000)}{% endfor %}`,
  '{% assign s = "x" %}{% for i in (1..60) %}{% assign s = s | append: s %}{% endfor %}{{ s | size }}',
])('%s does not go on for ever', (source) => {
  const startedAt = performance.now()
  expect(write(source, {}, TEXT).ok).toBe(false)
  expect(performance.now() - startedAt).toBeLessThan(10_000)
})
