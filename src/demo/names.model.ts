// Common surnames and given names, put together by the generator. Nobody in particular is meant.

export const SURNAMES = [
  ['王', 'Wang'],
  ['李', 'Li'],
  ['张', 'Zhang'],
  ['刘', 'Liu'],
  ['陈', 'Chen'],
  ['杨', 'Yang'],
  ['赵', 'Zhao'],
  ['黄', 'Huang'],
  ['周', 'Zhou'],
  ['吴', 'Wu'],
  ['徐', 'Xu'],
  ['孙', 'Sun'],
  ['胡', 'Hu'],
  ['朱', 'Zhu'],
  ['高', 'Gao'],
  ['林', 'Lin'],
  ['何', 'He'],
  ['郭', 'Guo'],
  ['马', 'Ma'],
  ['罗', 'Luo'],
  ['梁', 'Liang'],
  ['宋', 'Song'],
  ['郑', 'Zheng'],
  ['谢', 'Xie'],
  ['韩', 'Han'],
  ['唐', 'Tang'],
  ['冯', 'Feng'],
  ['董', 'Dong'],
  ['程', 'Cheng'],
  ['曹', 'Cao'],
  ['袁', 'Yuan'],
  ['邓', 'Deng'],
  ['许', 'Xu'],
] as const

export const GIVEN_NAMES = {
  FEMALE: [
    ['静', 'Jing'],
    ['丽娟', 'Lijuan'],
    ['雪', 'Xue'],
    ['婷', 'Ting'],
    ['雨桐', 'Yutong'],
    ['欣怡', 'Xinyi'],
    ['晓燕', 'Xiaoyan'],
    ['慧', 'Hui'],
    ['思琪', 'Siqi'],
    ['佳宁', 'Jianing'],
    ['文静', 'Wenjing'],
    ['若曦', 'Ruoxi'],
    ['玉兰', 'Yulan'],
    ['梦洁', 'Mengjie'],
  ],
  MALE: [
    ['伟', 'Wei'],
    ['强', 'Qiang'],
    ['磊', 'Lei'],
    ['志远', 'Zhiyuan'],
    ['浩然', 'Haoran'],
    ['建国', 'Jianguo'],
    ['俊杰', 'Junjie'],
    ['子轩', 'Zixuan'],
    ['明', 'Ming'],
    ['海涛', 'Haitao'],
    ['鹏', 'Peng'],
    ['立新', 'Lixin'],
    ['一凡', 'Yifan'],
    ['家豪', 'Jiahao'],
    ['天宇', 'Tianyu'],
    ['国强', 'Guoqiang'],
  ],
} as const

export const ENGLISH_NAMES = {
  FEMALE: ['Alice', 'Hannah', 'Nora', 'Priya', 'Sofia', 'Ingrid', 'Maya', 'Grace', 'Elena', 'Chloe'],
  MALE: ['Ben', 'Oliver', 'Marcus', 'Ravi', 'Tomas', 'Daniel', 'Felix', 'Hugo', 'Leon', 'Samuel'],
} as const
export const ENGLISH_SURNAMES = [
  'Adler',
  'Brooks',
  'Carter',
  'Dahl',
  'Ellison',
  'Fischer',
  'Grant',
  'Hale',
  'Iyer',
  'Jensen',
  'Keller',
  'Lowe',
  'Moreau',
  'Novak',
  'Osborne',
  'Price',
] as const

export type Town = { readonly country: string; readonly region: string; readonly city: string; readonly share: number }

/** Where customers live; how many of them in every thousand. */
export const CHINESE_TOWNS: readonly Town[] = [
  { country: 'CN', region: '广东', city: '深圳', share: 170 },
  { country: 'CN', region: '广东', city: '广州', share: 80 },
  { country: 'CN', region: '广东', city: '东莞', share: 60 },
  { country: 'CN', region: '上海', city: '上海', share: 110 },
  { country: 'CN', region: '北京', city: '北京', share: 100 },
  { country: 'CN', region: '浙江', city: '杭州', share: 80 },
  { country: 'CN', region: '浙江', city: '宁波', share: 30 },
  { country: 'CN', region: '江苏', city: '苏州', share: 60 },
  { country: 'CN', region: '江苏', city: '南京', share: 45 },
  { country: 'CN', region: '四川', city: '成都', share: 55 },
  { country: 'CN', region: '湖北', city: '武汉', share: 45 },
  { country: 'CN', region: '陕西', city: '西安', share: 35 },
  { country: 'CN', region: '山东', city: '青岛', share: 25 },
  { country: 'CN', region: '福建', city: '厦门', share: 20 },
  { country: 'CN', region: '湖南', city: '长沙', share: 20 },
]
export const OTHER_TOWNS: readonly Town[] = [
  { country: 'SG', region: 'Singapore', city: 'Singapore', share: 20 },
  { country: 'GB', region: 'England', city: 'Bristol', share: 12 },
  { country: 'DE', region: 'Bayern', city: 'Nürnberg', share: 10 },
  { country: 'US', region: 'Oregon', city: 'Portland', share: 14 },
  { country: 'AU', region: 'Victoria', city: 'Melbourne', share: 9 },
]

export const SOURCES = [
  { source: 'search', share: 34 },
  { source: 'wechat', share: 24 },
  { source: 'marketplace', share: 22 },
  { source: 'recommendation', share: 12 },
  { source: 'maker-fair', share: 8 },
] as const

export const INTERESTS = [
  { tags: [], share: 45 },
  { tags: ['maker'], share: 32 },
  { tags: ['student'], share: 12 },
  { tags: ['teacher'], share: 5 },
  { tags: ['maker', 'robotics'], share: 6 },
] as const

/** First words of invented companies; each has one in several industries. */
export const COMPANY_WORDS = [
  ['晨屿', 'Chenyu'],
  ['拓微', 'Tuowei'],
  ['云栈', 'Yunzhan'],
  ['海岳', 'Haiyue'],
  ['星筑', 'Xingzhu'],
  ['禾光', 'Heguang'],
  ['智涌', 'Zhiyong'],
  ['远图', 'Yuantu'],
  ['澄芯', 'Chengxin'],
  ['北川', 'Beichuan'],
  ['锐森', 'Ruisen'],
  ['蓝壤', 'Lanrang'],
  ['万砺', 'Wanli'],
  ['恒舟', 'Hengzhou'],
  ['致简', 'Zhijian'],
  ['青榆', 'Qingyu'],
  ['合木', 'Hemu'],
  ['知微', 'Zhiwei'],
  ['岭南驿', 'Lingnanyi'],
  ['朗渡', 'Langdu'],
] as const
export const INDUSTRIES = [
  { industry: '工业自动化 automation', word: ['自动化', 'Automation'], purpose: 'PRODUCTION' },
  { industry: '消费电子 consumer electronics', word: ['电子', 'Electronics'], purpose: 'PRODUCTION' },
  { industry: '教育 education', word: ['教育', 'Education'], purpose: 'OWN_USE' },
  { industry: '元器件贸易 component trade', word: ['商贸', 'Trading'], purpose: 'RESALE' },
  { industry: '医疗器械 medical devices', word: ['医疗', 'Medical'], purpose: 'PRODUCTION' },
] as const

/** None of these is a brand of anybody's. */
export const BRANDS = [
  'Ohmwell',
  'Lumirra',
  'Kestrion',
  'Tinwick',
  'Boltaro',
  '青蛙工坊 Qingwa',
  '云雀 Yunque',
  '三合 Sanhe',
  'Fernspark',
  '远岸 Yuanan',
] as const
