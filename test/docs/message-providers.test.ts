import { expect, test } from 'vitest'
import { sendDue } from '../../src/messages/sending.service.ts'
import { customers } from '../harness/acts.ts'
import { mailTemplate, queue } from '../messages/mailing.ts'
import { json, openReceiver, openShopBeside, report, SMS_VARIANT, smsProvider } from '../messages/receiver.ts'
import { readDocument } from './document.ts'

test('the contract of message providers holds: its settings, its message, its answer and its report', async () => {
  const { blocks } = await readDocument('docs/guides/message-providers.md')
  const told = (name: string) => JSON.parse(blocks.find(({ info }) => info === `json ${name}`)?.text ?? '')
  await using shop = await openShopBeside()
  await using provider = await openReceiver()
  // Whatever the clock says while this runs.
  await smsProvider(shop, { ...told('settings'), url: provider.url, hours: null })
  await customers(shop, { mei: { name: '梅', phone: '13800138000', language: 'zh' } })
  await mailTemplate(
    shop,
    'sms',
    { ...SMS_VARIANT, providerTemplateId: 'SMS_153055065' },
    {
      ...SMS_VARIANT,
      language: 'zh',
      providerTemplateId: 'SMS_153055065',
      parameters: [
        { name: 'name', value: '{{ customer.name }}' },
        { name: 'code', value: 'SPRING-7K2M' },
      ],
    },
  )
  await queue(shop, 'sms', ['mei'], { channel: 'SMS', campaignCode: 'recall' })
  provider.answer = json(told('answer'))
  expect(await sendDue(shop.world())).toMatchObject({ sent: 1 })
  const message = told('message')
  const came = provider.came[0]?.body
  const id = came.data.messageId
  expect(came).toEqual({ ...message, timestamp: came.timestamp, data: { ...message.data, messageId: id } })
  const events = told('report').events.map((event: { messageId?: string }) =>
    event.messageId === undefined ? event : { ...event, messageId: id },
  )
  expect((await report(shop, { events })).body).toEqual(told('taken'))
})

test('every answer that the contract names means what it says', async () => {
  const { text } = await readDocument('docs/guides/message-providers.md')
  const answers = [...text.matchAll(/^\| `(\{"status".*?\})`/gm)].map(([, answer = '']) => answer)
  expect(answers).toHaveLength(6)
  const kinds = ['ACCEPTED', 'AWAITING_STAFF', 'SENT', 'FAILED', 'AGAIN', 'BOUNCED']
  const { outcomeOf } = await import('../../src/messages/webhook.rules.ts')
  expect(answers.map((answer) => outcomeOf(200, answer).kind)).toEqual(kinds)
})
