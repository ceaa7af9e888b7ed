import { useState } from 'react'
import { createRoot, hydrateRoot } from 'react-dom/client'
import { CartSteps, CouponWallet, MemberPrice, PrivateLink, RegularsShop, TierProgress, VipOffers } from '../src/react.ts'

export type Given = { readonly endpoint: string; readonly publishableKey: string; readonly linkToken: string }

/** A page of a shop that is written in React. */
export function App({ endpoint, publishableKey, linkToken }: Given) {
  const [shopper, setShopper] = useState('mei')
  const [quantity, setQuantity] = useState(1)
  const [price, setPrice] = useState<number>()
  const [code, setCode] = useState('')
  const [total, setTotal] = useState<number>()
  const token = async () => (shopper === '' ? null : (await (await fetch('/regulars-token', { method: 'POST' })).json()).token)
  return (
    <main>
      <RegularsShop {...{ endpoint, publishableKey, shopper }} currency="CNY" timeoutMs={60_000} shopperToken={token} />
      <MemberPrice sku="LONGJING" quantity={quantity} nextTier className="price" onPrice={({ detail }) => setPrice(detail.memberPrice)}>
        ¥128.00
      </MemberPrice>
      <output id="price">{price}</output>
      <button type="button" onClick={() => setQuantity(2)}>
        Two
      </button>
      <button type="button" onClick={() => setShopper('')}>
        Sign out
      </button>
      <TierProgress />
      <VipOffers />
      <CouponWallet
        onApply={(event) => {
          event.preventDefault()
          setCode(event.detail.code)
        }}
      />
      <output id="used">{code}</output>
      <PrivateLink token={linkToken} />
      <CartSteps
        cart={{ lines: [{ sku: 'TIEGUANYIN', quantity }], codes: code === '' ? [] : [code] }}
        max={2}
        onQuote={({ detail }) => setTotal(detail.total)}
      />
      <cart-steps cart='{"lines":[]}' max={1} lang="zh" />
      <output id="total">{total}</output>
    </main>
  )
}

if (typeof document !== 'undefined') {
  const root = document.getElementById('root') as HTMLElement
  const given = JSON.parse(root.dataset.given ?? '{}') as Given
  if (root.firstElementChild) hydrateRoot(root, <App {...given} />)
  else createRoot(root).render(<App {...given} />)
}
