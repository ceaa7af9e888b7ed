/** A sentence in the two languages that faults are told in. */
export type Sentence = { readonly en: string; readonly zh: string }

const list = (names: readonly string[]) => names.join(', ')
const listZh = (names: readonly string[]) => names.join('、')

/** What may be wrong with a query beyond what is plain to see. */
export const SAYS = {
  noAttribute: (near: readonly string[]): Sentence =>
    near.length === 0
      ? { en: 'There is no such attribute.', zh: '没有这个属性。' }
      : { en: `There is no such attribute; did you mean ${near.join(' or ')}?`, zh: `没有这个属性；您是不是要写 ${near.join(' 或 ')}？` },
  notForTiers: (name: string): Sentence => ({
    en: `What lets a customer into a tier, or keeps them there, may not ask for ${name}.`,
    zh: `等级的升级或保级条件不能使用 ${name}。`,
  }),
  notSupported: (why: Sentence): Sentence => ({ en: `NOT_SUPPORTED_HERE: ${why.en}`, zh: `NOT_SUPPORTED_HERE：${why.zh}` }),
  operator: (name: string, op: string, taken: readonly string[]): Sentence => ({
    en: `${name} does not take ${op}; it takes ${list(taken)}.`,
    zh: `${name} 不能用 ${op}；可以用 ${listZh(taken)}。`,
  }),
  noOrder: (op: string): Sentence => ({
    en: `${op} takes a number or a date: texts, true and false have no order.`,
    zh: `${op} 只能用于数字或日期：文本和 true、false 没有大小之分。`,
  }),
  bothEnds: { en: 'Both ends are numbers, or both are dates.', zh: '两端要么都是数字，要么都是日期。' },
  longList: (most: number): Sentence => ({ en: `A list holds at most ${most} values.`, zh: `一个列表最多 ${most} 个值。` }),
  manyClauses: (most: number): Sentence => ({ en: `A query has at most ${most} clauses.`, zh: `一条查询最多 ${most} 个条件。` }),
  longQuery: (most: number): Sentence => ({ en: `A query is at most ${most} characters long.`, zh: `一条查询最多 ${most} 个字符。` }),
  askedTwice: (fn: string, parameter: string): Sentence => ({
    en: `${fn} is asked for ${parameter} twice.`,
    zh: `${fn} 里 ${parameter} 写了两次。`,
  }),
  askedAgain: (fn: string, parameter: string): Sentence => ({
    en: `${parameter} may be asked once; another ${fn} asks it again.`,
    zh: `${parameter} 只能写一次；再写一个 ${fn} 可以再问。`,
  }),
  noParameter: (fn: string, known: readonly string[]): Sentence => ({
    en: `${fn} has no such parameter; it has ${list(known)}.`,
    zh: `${fn} 没有这个参数；它有 ${listZh(known)}。`,
  }),
  anniversary: { en: 'anniversary takes the name of an attribute that holds a date.', zh: 'anniversary 里写一个存放日期的属性名。' },
  noSegment: (code: string): Sentence => ({ en: `There is no segment '${code}'.`, zh: `没有人群 '${code}'。` }),
  segmentCircle: (codes: readonly string[]): Sentence => ({
    en: `Segments may not name each other in a circle: ${codes.join(' -> ')}.`,
    zh: `人群不能循环引用：${codes.join(' -> ')}。`,
  }),
  segmentUnread: (code: string, faults: readonly { readonly message: string; readonly messageZh: string }[]): Sentence => ({
    en: `Segment '${code}' cannot be read: ${faults.map(({ message }) => message).join(' ')}`,
    zh: `无法读取人群 '${code}'：${faults.map(({ messageZh }) => messageZh).join('')}`,
  }),
  segmentNotForTiers: (code: string, name: string): Sentence => ({
    en: `Segment '${code}' asks for ${name}: what lets a customer into a tier, or keeps them there, may not.`,
    zh: `人群 '${code}' 用到 ${name}：等级的升级或保级条件不能使用。`,
  }),
  manyClausesInAll: (most: number): Sentence => ({
    en: `With what its segments say it has more than ${most} clauses.`,
    zh: `连同所引用的人群，条件超过 ${most} 个。`,
  }),
  manyValuesInAll: (most: number): Sentence => ({
    en: `With what its segments say its lists hold more than ${most} values.`,
    zh: `连同所引用的人群，列表里的值超过 ${most} 个。`,
  }),
  deepSegments: (most: number): Sentence => ({
    en: `It names segments that name segments, more than ${most} deep.`,
    zh: `人群引用人群，超过 ${most} 层。`,
  }),
  noDate: { en: 'There is no such date.', zh: '没有这个日期。' },
  value: (name: string, form: Sentence, words?: readonly string[]): Sentence => ({
    en: `${name} ${form.en}${words === undefined ? '' : ` They are ${list(words)}.`}`,
    zh: `${name} ${form.zh}${words === undefined ? '' : `可选：${listZh(words)}。`}`,
  }),
} as const
