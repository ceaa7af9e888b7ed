import { LanguageCode, PaymentMethodHandler } from '@vendure/core'

/** Takes the money at once, and gives it back when it is asked to. */
export const testPaymentHandler = new PaymentMethodHandler({
  code: 'test-payment',
  description: [{ languageCode: LanguageCode.en, value: 'Pays' }],
  args: {},
  createPayment: (_ctx, _order, amount) => ({ amount, state: 'Settled', transactionId: 'paid' }),
  settlePayment: () => ({ success: true }),
  createRefund: () => ({ state: 'Settled', transactionId: 'refunded' }),
})
