import { PRODUCTS, type Product } from './assortment.ts'
import { picture } from './pictures.ts'

export type Language = 'en' | 'zh'
export type Shown = {
  readonly language: Language
  /** The external id of who is signed in. */
  readonly shopper: string | null
  readonly endpoint: string
  readonly publishableKey: string
  /** A private link to try. */
  readonly linkToken: string
  readonly comesByLink: boolean
  /** How long a price may take before the page keeps its own. */
  readonly timeoutMs: number
}

const WORDS = {
  en: {
    title: 'Leaf & Hill, teas',
    name: 'Leaf & Hill',
    line: 'Tea and ware from small gardens',
    lead: 'Good tea, and a better price for those who come back.',
    more: 'Prices on this page are what you pay. They come from Regulars, with your tier, while you read.',
    signIn: 'Sign in as',
    guest: 'Guest',
    mei: 'Mei, gold',
    bo: 'Bo, bronze',
    other: '中文',
    link: 'A private link',
    shelves: 'On the shelves',
    add: 'Add',
    offers: 'For you',
    offersGuest: 'Sign in to see what you may have.',
    tierGuest: 'Regulars pay less. Sign in to see your tier.',
    cart: 'Cart',
    empty: 'Nothing in it yet.',
    remove: 'Remove',
    subtotal: 'At list prices',
    discount: 'You save',
    total: 'To pay',
    coupons: 'Coupons',
    couponsGuest: 'Sign in to use your coupons.',
    skip: 'To the products',
    linkGone: 'This private link is for somebody else, or over.',
  },
  zh: {
    title: '山叶茶铺',
    name: '山叶茶铺',
    line: '小茶园的茶与器',
    lead: '好茶，给老朋友更好的价。',
    more: '页面上的价格就是您实际要付的价格，由 Regulars 按您的等级实时给出。',
    signIn: '登录身份',
    guest: '访客',
    mei: '林梅，金卡',
    bo: '陈波，铜卡',
    other: 'English',
    link: '私密链接',
    shelves: '架上',
    add: '加入',
    offers: '为您准备',
    offersGuest: '登录后查看您可享的优惠。',
    tierGuest: '老客户更优惠。登录查看您的等级。',
    cart: '购物车',
    empty: '还是空的。',
    remove: '移除',
    subtotal: '原价合计',
    discount: '已省',
    total: '应付',
    coupons: '优惠券',
    couponsGuest: '登录后使用您的优惠券。',
    skip: '跳到商品',
    linkGone: '此链接不属于您，或已失效。',
  },
} as const

/** The shop's page as its server writes it: list prices stand in it, what is a shopper's own only for who is signed in, and each component finds its words by `lang`. */
export function renderPage({ language, shopper, endpoint, publishableKey, linkToken, comesByLink, timeoutMs }: Shown): string {
  const say = WORDS[language]
  const other = language === 'en' ? 'zh' : 'en'
  const who = (id: string, name: string) =>
    `<a href="/sign-in?as=${id}&lang=${language}"${(shopper ?? '') === id ? ' aria-current="true"' : ''}>${name}</a>`
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${say.title}</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/regulars.css">
  <link rel="stylesheet" href="/shop.css">
  <script type="module" src="/shop.js"></script>
</head>
<body data-endpoint="${endpoint}" data-key="${publishableKey}" data-timeout="${timeoutMs}">
  <a class="skip" href="#shelves">${say.skip}</a>
  <header>
    <a class="brand" href="/?lang=${language}"><strong>${say.name}</strong><span>${say.line}</span></a>
    <nav aria-label="${say.signIn}"><span class="who">${say.signIn}</span>${who('', say.guest)}${who('mei', say.mei)}${who('bo', say.bo)}</nav>
    <a class="language" href="/?lang=${other}" lang="${other === 'zh' ? 'zh-CN' : 'en'}">${say.other}</a>
  </header>
  <main>
    <section class="hero">
      <div><h1>${say.lead}</h1><p>${say.more}</p>${shopper === 'mei' ? `<p><a href="/?lang=${language}&privateLink=${linkToken}">${say.link}</a></p>` : ''}</div>
      ${shopper ? '<tier-progress></tier-progress>' : `<p>${say.tierGuest}</p>`}
    </section>
    ${comesByLink ? `<private-link><p>${say.linkGone}</p></private-link>` : ''}
    <div class="columns">
      <section aria-labelledby="shelves">
        <h2 id="shelves" tabindex="-1">${say.shelves}</h2>
        <ul class="shelves">${PRODUCTS.map((product) => card(product, language)).join('')}</ul>
      </section>
      <aside aria-labelledby="cart">
        <h2 id="cart">${say.cart}</h2>
        <ul class="lines" data-empty="${say.empty}" data-remove="${say.remove}"></ul>
        <cart-steps max="2"></cart-steps>
        <dl class="sums"><div><dt>${say.subtotal}</dt><dd data-sum="subtotal"></dd></div><div><dt>${say.discount}</dt><dd data-sum="discountTotal"></dd></div><div class="total"><dt>${say.total}</dt><dd data-sum="total"></dd></div></dl>
        <h2>${say.coupons}</h2>
        ${shopper ? '<coupon-wallet></coupon-wallet>' : `<p>${say.couponsGuest}</p>`}
      </aside>
    </div>
    <section aria-labelledby="offers">
      <h2 id="offers">${say.offers}</h2>
      ${shopper ? '<vip-offers></vip-offers>' : `<p>${say.offersGuest}</p>`}
    </section>
  </main>
</body>
</html>`
}

function card(product: Product, language: Language): string {
  const [name, line] = language === 'zh' ? [product.zh, product.lineZh] : [product.en, product.lineEn]
  return `<li>
    ${picture(product.sku)}
    <h3>${name}</h3>
    <p>${line}</p>
    <div class="buy"><member-price sku="${product.sku}">${listPrice(product.listPrice)}</member-price>
    <button type="button" data-add="${product.sku}" data-name="${name}" aria-label="${WORDS[language].add}: ${name}">${WORDS[language].add}</button></div>
  </li>`
}

const listPrice = (fen: number): string => `¥${(fen / 100).toFixed(2)}`
