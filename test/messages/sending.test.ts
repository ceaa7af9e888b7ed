import { expect, test } from 'vitest'
import { sendDue } from '../../src/messages/sending.service.ts'
import { customers } from '../harness/acts.ts'
import { openTestShop } from '../harness/shop.ts'
import { openMailbox } from './mailbox.ts'
import { mailServer, mailTemplate, queue } from './mailing.ts'

test('a message that is queued arrives at its reader, written for them, and can be unsubscribed from with one click', async () => {
  await using box = await openMailbox()
  const shop = await openTestShop()
  await customers(shop, { mei: { name: 'Mei <Chen>', email: 'mei@example.com', language: 'zh-CN' } })
  await mailServer(shop, box)
  await mailTemplate(
    shop,
    'hello',
    { subject: 'Hello {{ customer.name }}', html: '<p>Dear {{ customer.name }}</p>', text: 'Dear {{ customer.name }}' },
    { language: 'zh', subject: '{{ customer.name }}，您好', text: '好久不见' },
  )
  const [queued] = await queue(shop, 'hello', ['mei'])
  expect(queued).toMatchObject({ kind: 'QUEUED' })
  expect(await sendDue(shop.world())).toEqual({ sent: 1, more: false })
  expect(box.mails).toHaveLength(1)
  const [mail] = box.mails
  expect(mail?.to).toBe('mei@example.com')
  expect(mail?.headers.get('message-id')).toBe(`<${queued?.kind === 'QUEUED' ? queued.id : ''}@tea.example>`)
  expect(mail?.headers.get('list-unsubscribe')).toMatch(/^<https:\/\/regulars\.example\/m\/u\/[\w.-]+>$/)
  expect(mail?.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
  expect(await sendDue(shop.world())).toEqual({ sent: 0, more: false })
  expect(box.mails).toHaveLength(1)
})
