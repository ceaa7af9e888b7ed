import { isIP, isIPv6 } from 'node:net'
import type { FastifyRequest } from 'fastify'

/**
 * Whom a request comes from: the nearest address that no trusted proxy has (REGULARS_TRUSTED_PROXIES). Some proxies write the
 * port too, another with each connection. What is no address at all counts as the proxy that said so.
 */
export function addressOf({ ip, socket }: Pick<FastifyRequest, 'ip' | 'socket'>): string {
  const address = isIP(ip) === 0 ? ip.replace(PORT, '$1$2') : ip
  return isIP(address) === 0 ? (socket.remoteAddress ?? '') : address
}

const PORT = /^(?:\[([^\]]*)\]|([^:]*))(?::\d+)?$/

/** One household has a whole IPv6 network of 2^64 addresses: they count as one. */
export function neighbourhood(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address
  const [front = '', back = ''] = address.split('::')
  const groups = front.split(':').filter((group) => group !== '')
  const missing = address.includes('::') ? 8 - groups.length - back.split(':').filter((group) => group !== '').length : 0
  return [...groups, ...Array.from({ length: missing }, () => '0')].slice(0, 4).join(':')
}
