/** Every word that shoppers read or hear. Amounts and dates come in written out. */
export type Words = {
  readonly comma: string
  readonly pair: (when: string, gain: string) => string
  readonly yourPrice: string
  readonly listPrice: string
  readonly saving: (amount: string) => string
  readonly nextTierPrice: (tier: string, price: string) => string
  readonly quantityPrice: (quantity: string, price: string) => string
  readonly missing: (money: string | null, units: string | null) => string
  readonly toReach: (missing: string, gain: string) => string
  readonly off: (amount: string) => string
  readonly percentOff: (percent: number) => string
  readonly spend: (money: string | null, units: string | null) => string
  readonly forTier: (tier: string) => string
  readonly freeShipping: string
  readonly gift: (name: string, quantity: number) => string
  readonly prize: (name: string, odds: number) => string
  readonly until: (date: string) => string
  readonly usesLeft: (uses: number) => string
  readonly nextSteps: string
  readonly tier: string
  readonly noTier: string
  readonly next: (tier: string) => string
  readonly topTier: string
  readonly reached: (has: string, needs: string) => string
  readonly opens: (gains: string) => string
  readonly upTo: (name: string, percent: number) => string
  readonly figures: Readonly<Record<string, string>>
  readonly offers: string
  readonly noOffers: string
  readonly byItself: string
  readonly byCode: string
  readonly claim: string
  readonly claimed: (offer: string) => string
  readonly refused: Readonly<Record<string, string>>
  readonly coupons: string
  readonly noCoupons: string
  readonly code: string
  readonly use: string
  readonly copied: (code: string) => string
  readonly status: Readonly<Record<string, string>>
  readonly privateLink: string
  readonly take: string
  readonly notNow: string
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

export const en: Words = {
  comma: ', ',
  pair: (when, gain) => `${capital(when)}: ${gain}`,
  yourPrice: 'Your price',
  listPrice: 'List price',
  saving: (amount) => `Your price, ${amount} less`,
  nextTierPrice: (tier, price) => `${tier}: ${price}`,
  quantityPrice: (quantity, price) => `${quantity}+: ${price}`,
  missing: (money, units) => [money, units === null ? null : `${units} items`].filter(Boolean).join(' and '),
  toReach: (missing, gain) => `${missing} more for ${gain}`,
  off: (amount) => `${amount} off`,
  percentOff: (percent) => `${percent}% off`,
  spend: (money, units) =>
    money === null ? `buy ${units} items or more` : `spend ${money}${units === null ? '' : ` on ${units} items or more`}`,
  forTier: (tier) => `from ${tier} on`,
  freeShipping: 'free shipping',
  gift: (name, quantity) => `a gift: ${name}${quantity > 1 ? ` × ${quantity}` : ''}`,
  prize: (name, odds) => `${name} (chance ${odds}%)`,
  until: (date) => `Until ${date}`,
  usesLeft: (uses) => (uses === 1 ? 'One order left' : `${uses} orders left`),
  nextSteps: 'What your cart may have next',
  tier: 'Your tier',
  noTier: 'No tier yet',
  next: (tier) => `Next: ${tier}`,
  topTier: 'You are at the top.',
  reached: (has, needs) => `${has} of ${needs}`,
  opens: (gains) => `It opens: ${gains}`,
  upTo: (name, percent) => `${name} (up to ${percent}% off)`,
  figures: {
    amount_spent: 'Amount spent',
    number_of_orders: 'Orders',
    average_order_amount: 'Average order',
    largest_order_amount: 'Largest order',
    'orders_placed.count': 'Orders',
    'orders_placed.amount': 'An order of',
    'orders_placed.sum_amount': 'Amount spent',
    'products_purchased.count': 'Purchases',
    'products_purchased.sum_quantity': 'Items bought',
  },
  offers: 'Your offers',
  noOffers: 'No offers for you right now.',
  byItself: 'Applies by itself',
  byCode: 'With a coupon',
  claim: 'Claim',
  claimed: (offer) => `It is yours: ${offer}`,
  refused: {
    UNKNOWN: 'There is no such code.',
    NOT_LIVE: 'This is not on at the moment.',
    NOT_FIRST_ORDER: 'This is for first orders.',
    LIMIT_REACHED: 'Nothing of it is left.',
    EXPIRED: 'Its time is over.',
    REVOKED: 'It was called back.',
    NOT_ELIGIBLE: 'It is for others.',
    RATE_LIMITED: 'Too many codes were tried. Please wait a minute.',
  },
  coupons: 'Your coupons',
  noCoupons: 'No coupons yet.',
  code: 'Coupon code',
  use: 'Use',
  copied: (code) => `Copied: ${code}`,
  status: { AVAILABLE: 'Ready to use', HELD: 'Held for an order', USED: 'Used', EXPIRED: 'Over', REVOKED: 'Called back' },
  privateLink: 'For you',
  take: 'Add to cart',
  notNow: 'This cannot be shown right now.',
}

export const zh: Words = {
  comma: '，',
  pair: (when, gain) => `${when}：${gain}`,
  yourPrice: '您的价格',
  listPrice: '原价',
  saving: (amount) => `您的专享价，省 ${amount}`,
  nextTierPrice: (tier, price) => `${tier}：${price}`,
  quantityPrice: (quantity, price) => `满 ${quantity} 件：${price}`,
  missing: (money, units) => [money, units === null ? null : `${units} 件`].filter(Boolean).join('、'),
  toReach: (missing, gain) => `再买 ${missing}，${gain}`,
  off: (amount) => `立减 ${amount}`,
  percentOff: (percent) => `${Number((10 - percent / 10).toFixed(3))} 折`,
  spend: (money, units) => ['满', money, money && units && '且', units && `${units} 件`].filter(Boolean).join(' '),
  forTier: (tier) => `${tier}及以上`,
  freeShipping: '包邮',
  gift: (name, quantity) => `赠 ${name}${quantity > 1 ? ` × ${quantity}` : ''}`,
  prize: (name, odds) => `${name}（概率 ${odds}%）`,
  until: (date) => `${date} 前有效`,
  usesLeft: (uses) => `还可下单 ${uses} 次`,
  nextSteps: '购物车还可享受',
  tier: '您的等级',
  noTier: '暂无等级',
  next: (tier) => `下一等级：${tier}`,
  topTier: '您已是最高等级。',
  reached: (has, needs) => `${has} / ${needs}`,
  opens: (gains) => `升级后可享：${gains}`,
  upTo: (name, percent) => `${name}（低至 ${Number((10 - percent / 10).toFixed(3))} 折）`,
  figures: {
    amount_spent: '累计消费',
    number_of_orders: '订单数',
    average_order_amount: '客单价',
    largest_order_amount: '最大单笔金额',
    'orders_placed.count': '订单数',
    'orders_placed.amount': '单笔金额',
    'orders_placed.sum_amount': '累计消费',
    'products_purchased.count': '购买次数',
    'products_purchased.sum_quantity': '购买件数',
  },
  offers: '您的优惠',
  noOffers: '暂时没有您可享的优惠。',
  byItself: '自动生效',
  byCode: '凭券使用',
  claim: '领取',
  claimed: (offer) => `已领取：${offer}`,
  refused: {
    UNKNOWN: '没有这个券码。',
    NOT_LIVE: '活动未开始或已结束。',
    NOT_FIRST_ORDER: '仅限首单使用。',
    LIMIT_REACHED: '已领完。',
    EXPIRED: '已过期。',
    REVOKED: '已被收回。',
    NOT_ELIGIBLE: '您不在领取范围内。',
    RATE_LIMITED: '尝试次数过多，请一分钟后再试。',
  },
  coupons: '您的优惠券',
  noCoupons: '还没有优惠券。',
  code: '券码',
  use: '使用',
  copied: (code) => `已复制：${code}`,
  status: { AVAILABLE: '可使用', HELD: '订单占用中', USED: '已使用', EXPIRED: '已过期', REVOKED: '已收回' },
  privateLink: '为您专享',
  take: '加入购物车',
  notNow: '暂时无法显示。',
}
