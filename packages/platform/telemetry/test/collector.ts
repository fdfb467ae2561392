import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as a collector gets it (opentelemetry/proto/trace/v1/trace.proto, in JSON). */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, string | number> }[];
  readonly status: { readonly code?: number; readonly message?: string };
  readonly events?: readonly unknown[];
}

/** Kinds of spans by their numbers in the protocol. */
export const KINDS = ['', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'] as const;

/** A collector of OTLP over HTTP that keeps what it gets. */
export class Collector {
  readonly spans: ReceivedSpan[] = [];
  readonly services = new Set<unknown>();
  /** Names of metrics. */
  readonly metrics = new Set<string>();
  readonly headers: Record<string, unknown>[] = [];
  /** What it answers. */
  status = 200;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Collector> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        collector.receive(request.url, JSON.parse(Buffer.concat(chunks).toString()));
        collector.headers.push(request.headers);
        response.writeHead(collector.status, { 'content-type': 'application/json' }).end('{}');
      });
    });
    const collector = new Collector(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return collector;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  /** The spans of a trace, the earliest first. */
  trace(traceId: string): ReceivedSpan[] {
    const ofTrace = this.spans.filter((span) => span.traceId === traceId);
    return ofTrace.sort((a, b) => Number(BigInt(a.startTimeUnixNano) - BigInt(b.startTimeUnixNano)));
  }

  private receive(path: string | undefined, body: Record<string, any>): void {
    for (const { resource, scopeSpans = [], scopeMetrics = [] } of body.resourceSpans ?? body.resourceMetrics) {
      this.services.add(valuesOf(resource.attributes)['service.name']);
      if (path === '/v1/traces') this.spans.push(...scopeSpans.flatMap(({ spans }: any) => spans));
      if (path === '/v1/metrics') {
        for (const { name } of scopeMetrics.flatMap(({ metrics }: any) => metrics)) this.metrics.add(name);
      }
    }
  }
}

export function attributesOf({ attributes }: ReceivedSpan): Record<string, string | number> {
  return valuesOf(attributes);
}

function valuesOf(attributes: ReceivedSpan['attributes']): Record<string, string | number> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]!]));
}
