import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** What this process tells of itself to Prometheus. No label names a shop, a key or a customer. */
export class Metrics {
  readonly #registry = new Registry()
  readonly #requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'How long requests took, by API and HTTP status.',
    labelNames: ['api', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.#registry],
  })
  readonly #errors = new Counter({
    name: 'graphql_errors_total',
    help: 'Errors in answers, by API and code (docs/errors.md).',
    labelNames: ['api', 'code'],
    registers: [this.#registry],
  })

  constructor() {
    collectDefaultMetrics({ register: this.#registry })
  }

  countRequest(api: string, status: number, milliseconds: number): void {
    this.#requests.observe({ api, status: String(status) }, milliseconds / 1000)
  }

  countError(api: string, code: string): void {
    this.#errors.inc({ api, code })
  }

  get contentType(): string {
    return this.#registry.contentType
  }

  text(): Promise<string> {
    return this.#registry.metrics()
  }
}
