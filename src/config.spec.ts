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
