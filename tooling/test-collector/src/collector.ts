import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { type Attributes, attributesOf, type ReceivedSpan } from './received-span.ts';

/** What is sent to `/v1/traces` or to `/v1/metrics` (opentelemetry/proto/collector, in JSON), as far as tests ask for it. */
interface Sent {
  readonly resourceSpans?: readonly {
    readonly resource: Resource;
    readonly scopeSpans: readonly { readonly spans: readonly Omit<ReceivedSpan, 'service'>[] }[];
  }[];
  readonly resourceMetrics?: readonly {
    readonly resource: Resource;
    readonly scopeMetrics: readonly { readonly metrics: readonly { readonly name: string }[] }[];
  }[];
}

interface Resource {
  readonly attributes: Attributes;
}

/** A collector of OTLP over HTTP that keeps what it gets, of all processes. */
export class Collector {
  readonly spans: ReceivedSpan[] = [];
  /** Names of services that sent anything. */
  readonly services = new Set<string>();
  /** Names of metrics. */
  readonly metrics = new Set<string>();
  /** Of every request. */
  readonly headers: IncomingHttpHeaders[] = [];
  readonly #server: Server;
  readonly #byId = new Map<string, ReceivedSpan>();

  /** Starts one on a free port of loopback. */
  static async start(): Promise<Collector> {
    const collector = new Collector();
    await new Promise<void>((resolve) => collector.#server.listen(0, '127.0.0.1', resolve));
    return collector;
  }

  private constructor() {
    this.#server = createServer(async (request, response) => {
      this.#keep((await json(request)) as Sent);
      this.headers.push(request.headers);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  }

  /** What `OTEL_EXPORTER_OTLP_ENDPOINT` has to be. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** The spans of a trace, the earliest first. */
  trace(traceId: string): ReceivedSpan[] {
    const ofTrace = this.spans.filter((span) => span.traceId === traceId);
    return ofTrace.sort((a, b) => Number(BigInt(a.startTimeUnixNano) - BigInt(b.startTimeUnixNano)));
  }

  /** The spans from the outermost that is known here to this one, each the parent of the next. */
  wayTo(span: ReceivedSpan): ReceivedSpan[] {
    const parent = this.#byId.get(`${span.traceId} ${span.parentSpanId}`);
    return parent === undefined ? [span] : [...this.wayTo(parent), span];
  }

  #keep({ resourceSpans = [], resourceMetrics = [] }: Sent): void {
    for (const { resource, scopeSpans } of resourceSpans) {
      const service = this.#serviceOf(resource);
      for (const sent of scopeSpans.flatMap(({ spans }) => spans)) {
        const span = { ...sent, service };
        this.spans.push(span);
        this.#byId.set(`${span.traceId} ${span.spanId}`, span);
      }
    }
    for (const { resource, scopeMetrics } of resourceMetrics) {
      this.#serviceOf(resource);
      for (const { name } of scopeMetrics.flatMap(({ metrics }) => metrics)) this.metrics.add(name);
    }
  }

  #serviceOf(resource: Resource): string {
    const service = String(attributesOf(resource)['service.name']);
    this.services.add(service);
    return service;
  }
}
