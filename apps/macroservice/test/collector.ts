import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const KINDS = ['', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly service: string;
}

/** A collector of OTLP over HTTP (opentelemetry/proto/collector/trace/v1, in JSON) that keeps the spans of all processes. */
export class Collector {
  private readonly spans: Span[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Collector> {
    const server = createServer(async (request, response) => {
      const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
      for (const { resource, scopeSpans } of body.resourceSpans ?? []) collector.keep(resource, scopeSpans);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
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

  /** The way from what began the trace to each of its spans: `shell: SERVER POST /api/orders/orders › shell: INTERNAL orders.place`. */
  waysIn(traceId: string): string[] {
    const ofTrace = new Map(this.spans.filter((span) => span.traceId === traceId).map((span) => [span.spanId, span]));
    const wayTo = ({ service, kind, name, parentSpanId = '' }: Span): string => {
      const parent = ofTrace.get(parentSpanId);
      return `${parent === undefined ? parentSpanId : wayTo(parent)} › ${service}: ${KINDS[kind]} ${name}`;
    };
    return [...ofTrace.values()].map(wayTo).sort();
  }

  private keep(resource: any, scopes: readonly { readonly spans: readonly Span[] }[]): void {
    const name: string = resource.attributes.find(({ key }: any) => key === 'service.name').value.stringValue;
    const service = name.replace('macrolith-', '');
    this.spans.push(...scopes.flatMap(({ spans }) => spans).map((span) => ({ ...span, service })));
  }
}
