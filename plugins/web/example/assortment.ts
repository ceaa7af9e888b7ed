/** A small tea shop, in both languages. Prices are in fen. */
export type Product = {
  readonly sku: string
  readonly en: string
  readonly zh: string
  readonly lineEn: string
  readonly lineZh: string
  readonly listPrice: number
  readonly category: string
}

export const PRODUCTS: readonly Product[] = [
  {
    sku: 'LONGJING',
    en: 'West Lake Longjing',
    zh: '西湖龙井',
    lineEn: 'Green tea, first picking, 50 g',
    lineZh: '明前绿茶，50 克',
    listPrice: 12_800,
    category: 'tea',
  },
  {
    sku: 'TIEGUANYIN',
    en: 'Anxi Tieguanyin',
    zh: '安溪铁观音',
    lineEn: 'Oolong, lightly roasted, 100 g',
    lineZh: '清香乌龙，100 克',
    listPrice: 8_800,
    category: 'tea',
  },
  {
    sku: 'PUER-2016',
    en: "Yiwu Pu'er 2016",
    zh: '易武普洱 2016',
    lineEn: 'A cake of 357 g',
    lineZh: '七子饼，357 克',
    listPrice: 26_800,
    category: 'tea',
  },
  {
    sku: 'JASMINE',
    en: 'Jasmine Pearls',
    zh: '茉莉龙珠',
    lineEn: 'Scented seven times, 100 g',
    lineZh: '七窨花茶，100 克',
    listPrice: 5_800,
    category: 'tea',
  },
  {
    sku: 'GAIWAN',
    en: 'Porcelain gaiwan',
    zh: '白瓷盖碗',
    lineEn: 'Jingdezhen, 120 ml',
    lineZh: '景德镇，120 毫升',
    listPrice: 9_900,
    category: 'ware',
  },
  {
    sku: 'POT',
    en: 'Zisha teapot',
    zh: '紫砂壶',
    lineEn: 'Yixing clay, 200 ml',
    lineZh: '宜兴原矿，200 毫升',
    listPrice: 39_800,
    category: 'ware',
  },
]
