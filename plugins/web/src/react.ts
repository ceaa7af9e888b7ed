'use client'
import type { CartInput, MemberPrice as Price, PrivateLinkView, Quote } from '@regulars/client'
import {
  createElement,
  type DetailedHTMLProps,
  type HTMLAttributes,
  type ReactElement,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react'
import type { ClaimedCoupon } from './claim.ts'
import { configure, type Settings } from './index.ts'

type On<Detail> = (event: CustomEvent<Detail>) => void

/** What every element takes: what it shows before and instead of an answer, and where it stands in the page. */
type Common = {
  readonly children?: ReactNode
  readonly className?: string
  readonly id?: string
  readonly lang?: string
  readonly slot?: string
  readonly style?: React.CSSProperties
  readonly onError?: On<unknown>
}

export type MemberPriceProps = Common & {
  readonly sku: string
  readonly quantity?: number
  readonly listPrice?: number
  readonly nextTier?: boolean
  readonly quantityPrices?: boolean
  readonly onPrice?: On<Price>
}
export type OffersProps = Common & { readonly onClaimed?: On<ClaimedCoupon> }
export type WalletProps = OffersProps & { readonly all?: boolean; readonly onApply?: On<{ readonly code: string }> }
export type PrivateLinkProps = Common & {
  readonly token?: string
  readonly param?: string
  readonly onLink?: On<{ readonly token: string; readonly link: PrivateLinkView }>
  readonly onTake?: On<{ readonly token: string; readonly items: PrivateLinkView['items'] }>
}
export type CartStepsProps = Common & { readonly cart: CartInput; readonly max?: number; readonly onQuote?: On<Quote> }

/** Attributes, so that a server writes them too. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  className: 'class',
  listPrice: 'list-price',
  nextTier: 'next-tier',
  quantityPrices: 'quantity-prices',
}
const EVENTS: Readonly<Record<string, string>> = {
  onError: 'regulars-error',
  onPrice: 'regulars-price',
  onClaimed: 'regulars-coupon-claimed',
  onApply: 'regulars-apply-coupon',
  onLink: 'regulars-private-link',
  onTake: 'regulars-take-link',
  onQuote: 'regulars-quote',
}

/** React gives events and properties to elements that it made, and not to those that a server wrote: so all of them get theirs here. */
const element =
  <Props extends Common & { readonly cart?: CartInput }>(tag: string) =>
  (props: Props): ReactElement => {
    const ref = useRef<HTMLElement & { cart?: CartInput }>(null)
    const newest = useRef<Readonly<Record<string, unknown>>>({})
    const { cart, ...others } = props
    useLayoutEffect(() => {
      newest.current = props
      if (ref.current && cart) ref.current.cart = cart
    })
    useLayoutEffect(() => {
      const hear = Object.entries(EVENTS).map(([name, event]) => {
        const told: EventListener = (given) => (newest.current[name] as EventListener | undefined)?.(given)
        ref.current?.addEventListener(event, told)
        return { event, told }
      })
      const at = ref.current
      return () => {
        for (const { event, told } of hear) at?.removeEventListener(event, told)
      }
    }, [])
    const attributes = Object.entries(others).filter(([name]) => !(name in EVENTS))
    return createElement(tag, { ...Object.fromEntries(attributes.map(([name, value]) => [ATTRIBUTES[name] ?? name, value])), ref })
  }

export const MemberPrice = element<MemberPriceProps>('member-price')
export const TierProgress = element<Common>('tier-progress')
export const VipOffers = element<OffersProps>('vip-offers')
export const CouponWallet = element<WalletProps>('coupon-wallet')
export const PrivateLink = element<PrivateLinkProps>('private-link')
export const CartSteps = element<CartStepsProps>('cart-steps')

export type RegularsShopProps = Omit<Settings, 'key'> & {
  /** React keeps `key` for itself. */
  readonly publishableKey: string
  /** Who is signed in, by any name of the page's own: when it changes, all is asked anew. */
  readonly shopper?: string | null
}

/** `configure`, once a page. What the shopper sees depends on these alone: a new function for the token is no new shopper. */
export function RegularsShop({ shopper, ...given }: RegularsShopProps): null {
  const newest = useRef(given)
  newest.current = given
  const { endpoint, publishableKey, currency, lang, shopperToken } = given
  // biome-ignore lint/correctness/useExhaustiveDependencies: shopper is asked anew for; of the rest the newest counts
  useEffect(() => {
    configure({
      ...newest.current,
      key: publishableKey,
      shopperToken: shopperToken && (() => newest.current.shopperToken?.() ?? null),
      productName: (...named) => newest.current.productName?.(...named),
    })
  }, [endpoint, publishableKey, currency, lang, shopperToken === undefined, shopper])
  return null
}

type Plain<Attributes = object> = DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement> & Attributes

/** For who writes the elements themselves. */
declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'member-price': Plain<{ sku: string; quantity?: number; 'list-price'?: number; 'next-tier'?: boolean; 'quantity-prices'?: boolean }>
      'tier-progress': Plain
      'vip-offers': Plain
      'coupon-wallet': Plain<{ all?: boolean }>
      'private-link': Plain<{ token?: string; param?: string }>
      'cart-steps': Plain<{ cart: CartInput | string; max?: number }>
    }
  }
}
