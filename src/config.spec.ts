import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

const proxies = (text?: string) => {
  const config = readConfig({ REGULARS_TRUSTED_PROXIES: text })
  return config.ok ? config.value.trustedProxies : config.problem
}

test('nobody is trusted unless somebody is named', () => {
  expect([proxies(), proxies(''), proxies('  ')]).toEqual([[], [], []])
})

test('addresses and networks, with commas between them', () => {
  expect(proxies(' 10.0.0.5, 192.168.0.0/16 ,2001:db8::/32')).toEqual(['10.0.0.5', '192.168.0.0/16', '2001:db8::/32'])
})

test.each([
  '*',
  'true',
  'loopback',
  '10.0.0',
  '10.0.0.0/33',
  '::/129',
  '10.0.0.0/',
  '10.0.0.0/x',
  '10.0.0.0/8/8',
  'fe80::1%eth0',
  '1.2.3.4:80',
])('%s is neither an address nor a network', (text) => {
  expect(proxies(text)).toEqual([expect.stringMatching(/^REGULARS_TRUSTED_PROXIES must be addresses and networks .*; ".*" is neither\.$/)])
})

test.each(['0.0.0.0/0', '::/0', '1.2.3.4/00'])('%s is everybody, and refused', (text) => {
  expect(proxies(text)).toEqual([expect.stringContaining(`must not hold "${text}": that is everybody`)])
})

test('each fault has its sentence', () => {
  expect(proxies('10.0.0.5,x,,0.0.0.0/0')).toEqual([
    expect.stringContaining('"x" is neither'),
    expect.stringContaining('"" is neither'),
    expect.stringContaining('that is everybody'),
  ])
})

const of = (env: Record<string, string>) => {
  const config = readConfig(env)
  return config.ok ? config.value : config.problem
}

test("mail leads to where the shop says, and on somebody's own machine to that", () => {
  expect(of({ REGULARS_PUBLIC_URL: 'https://club.example/regulars/' })).toMatchObject({ publicUrl: 'https://club.example/regulars' })
  expect(of({ PORT: '4100' })).toMatchObject({ publicUrl: 'http://localhost:4100' })
  expect(of({ DATABASE_URL: 'postgres://db/regulars' })).toMatchObject({ publicUrl: null })
})

test.each(['club.example', 'ftp://club.example', 'https://club.example/?a=1', 'https://a:b@club.example', 'javascript:alert(1)'])(
  '%s is no address at which a customer could be received',
  (url) => {
    expect(of({ REGULARS_PUBLIC_URL: url })).toEqual([expect.stringMatching(/^REGULARS_PUBLIC_URL must be an http or https address/)])
  },
)

test('messages go to private addresses only where somebody said so', () => {
  expect(of({})).toMatchObject({ allowPrivateWebhooks: false })
  expect(of({ REGULARS_ALLOW_PRIVATE_WEBHOOKS: 'true' })).toMatchObject({ allowPrivateWebhooks: true })
  expect(of({ REGULARS_ALLOW_PRIVATE_WEBHOOKS: 'yes' })).toEqual(['REGULARS_ALLOW_PRIVATE_WEBHOOKS must be true or false, not "yes".'])
})

test('secrets are sealed under nothing short', () => {
  expect(of({ REGULARS_SECRET: 'x'.repeat(31) })).toEqual(['REGULARS_SECRET must have at least 32 characters.'])
  expect(of({ REGULARS_SECRET: 'x'.repeat(32) })).toMatchObject({ secret: 'x'.repeat(32) })
  expect(of({})).toMatchObject({ secret: null })
})
