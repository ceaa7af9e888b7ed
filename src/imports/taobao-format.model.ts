/**
 * The order report of Taobao and Tmall's seller workbench (ExportOrderList…csv), as of 2017 (46 columns) and of 2020 (61):
 * GBK, one row an order, times of China, ids as ="3515…", some headers with a blank behind them. It does not say which
 * goods an order holds but in one text, so an order becomes one line, `taobao-order`, of what was paid. Names of buyers
 * are masked in many exports (小**); such an order is nobody's.
 */
export const TAOBAO = {
  about: 'Taobao and Tmall: order report of the seller workbench',
  timeZone: 'Asia/Shanghai',
  currency: 'CNY',
  order: {
    id: '订单编号',
    placedAt: { columns: ['订单创建时间', '订单付款时间'] },
    status: {
      column: '订单状态',
      first: [
        { when: [{ column: '订单状态', startsWith: '交易关闭' }], is: 'CANCELLED' },
        { when: [{ column: '订单状态', startsWith: '交易成功' }], is: 'COMPLETED' },
        { when: [{ column: '订单付款时间', empty: true }], is: 'PLACED' },
        { when: [{ column: '订单状态', startsWith: ['等待买家付款', '没有创建支付宝交易', '付款确认中'] }], is: 'PLACED' },
      ],
      otherwise: 'PAID',
    },
    channel: { value: 'taobao' },
    refunded: { column: '退款金额', optional: true },
  },
  customer: {
    keys: [{ kind: 'taobao', column: '买家会员名' }],
    name: { column: '收货人姓名', optional: true },
    phone: { columns: ['联系手机', '联系电话'], optional: true },
  },
  line: {
    sku: { value: 'taobao-order' },
    quantity: { value: '1' },
    unitPrice: { columns: ['买家实际支付金额', '总金额'] },
  },
}
