// The shop's own script: where Regulars is, who is signed in, and a cart that the components price.
import { configure } from '/regulars.min.js'

const { endpoint, key, timeout } = document.body.dataset
const names = new Map([...document.querySelectorAll('[data-add]')].map((button) => [button.dataset.add, button.dataset.name]))

configure({
  endpoint,
  key,
  currency: 'CNY',
  timeoutMs: Number(timeout),
  productName: (sku) => names.get(sku),
  shopperToken: async () => {
    const answer = await fetch('/regulars-token', { method: 'POST' })
    return (await answer.json()).token
  },
})

const kept = JSON.parse(sessionStorage.getItem('cart') ?? 'null')
const cart = kept ?? { quantities: {}, codes: [], privateLinkToken: null }
const lines = document.querySelector('.lines')
const steps = document.querySelector('cart-steps')
const yuan = new Intl.NumberFormat(document.documentElement.lang, { style: 'currency', currency: 'CNY', currencyDisplay: 'narrowSymbol' })

function show() {
  sessionStorage.setItem('cart', JSON.stringify(cart))
  lines.replaceChildren(...Object.entries(cart.quantities).map(([sku, quantity]) => line(sku, quantity)))
  const { codes, privateLinkToken } = cart
  const wanted = Object.entries(cart.quantities).map(([sku, quantity]) => ({ sku, quantity }))
  steps.cart = { lines: wanted, codes, ...(privateLinkToken ? { privateLinkToken } : {}) }
  if (wanted.length === 0) for (const sum of document.querySelectorAll('[data-sum]')) sum.textContent = ''
}

function line(sku, quantity) {
  const item = document.createElement('li')
  const remove = document.createElement('button')
  remove.type = 'button'
  remove.textContent = lines.dataset.remove
  remove.setAttribute('aria-label', `${lines.dataset.remove}: ${names.get(sku)}`)
  remove.addEventListener('click', () => {
    delete cart.quantities[sku]
    show()
  })
  item.append(`${names.get(sku)} × ${quantity}`, remove)
  return item
}

function add(sku, quantity = 1) {
  cart.quantities[sku] = (cart.quantities[sku] ?? 0) + quantity
  show()
}

document.addEventListener('click', ({ target }) => {
  if (target instanceof HTMLElement && target.dataset.add) add(target.dataset.add)
})
document.addEventListener('regulars-quote', ({ detail: quote }) => {
  for (const sum of document.querySelectorAll('[data-sum]')) sum.textContent = yuan.format(quote[sum.dataset.sum] / 100)
})
document.addEventListener('regulars-apply-coupon', (event) => {
  event.preventDefault()
  if (!cart.codes.includes(event.detail.code)) cart.codes.push(event.detail.code)
  show()
})
document.addEventListener('regulars-take-link', ({ detail: { token, items } }) => {
  cart.privateLinkToken = token
  for (const { sku, quantity } of items) cart.quantities[sku] = quantity
  show()
})
show()
