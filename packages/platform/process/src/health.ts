import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Database } from '@macrolith/data';
import { MetricsPage } from '@macrolith/telemetry';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleDestroy, Optional } from '@nestjs/common';

/** Shorter than the second that orchestrators wait for a probe. */
const PING_TIMEOUT_MS = 800;

/** Whether the process can do its work now, and if not, why. */
type State = 'ready' | 'draining' | 'unavailable';

interface Answer {
  readonly status: number;
  /** Media type. Default: JSON. */
  readonly type?: string;
  readonly body: string;
}

/**
 * Answers whoever looks after the process: `/health/live` while it runs, `/health/ready` while its database answers and it is
 * not shutting down, and `/metrics` where that is switched on.
 */
@Injectable()
export class Health implements OnModuleDestroy, OnApplicationShutdown {
  private readonly logger = new Logger('Health');
  private readonly server: Server = createServer((request, response) => {
    void this.answer(request.url).then(({ status, type = 'application/json', body }) => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
      response.end(body);
    });
  });
  private draining = false;
  private pinging: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    @Optional() private readonly metrics?: MetricsPage,
  ) {}

  /** Answers the URL that it can be asked at. */
  async listen(port: number, host: string): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.server.once('error', reject);
    this.server.listen(port, host, resolve);
    await promise;
    const bound = this.server.address() as AddressInfo;
    return `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`;
  }

  /** The first that a shutdown does: relays finish after it. */
  onModuleDestroy(): void {
    this.draining = true;
  }

  onApplicationShutdown(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(path: string | undefined): Promise<Answer> {
    if (path === '/health/live') return json(200, { status: 'live' });
    if (path === '/health/ready') {
      const status = await this.state();
      return json(status === 'ready' ? 200 : 503, { status });
    }
    if (path === '/metrics' && this.metrics !== undefined)
      return { status: 200, type: MetricsPage.mediaType, body: await this.metrics.text() };
    return json(404, { title: 'Ask for /health/live or /health/ready.' });
  }

  private async state(): Promise<State> {
    if (this.draining) return 'draining';
    // One ping at a time, however many ask.
    this.pinging ??= this.database.ping().finally(() => {
      this.pinging = undefined;
    });
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error(`No answer within ${PING_TIMEOUT_MS} ms.`)), PING_TIMEOUT_MS);
    try {
      await Promise.race([this.pinging, late]);
      return 'ready';
    } catch (error) {
      this.logger.warn({ err: error }, 'The database does not answer');
      return 'unavailable';
    } finally {
      clearTimeout(timer);
    }
  }
}

function json(status: number, body: object): Answer {
  return { status, body: JSON.stringify(body) };
}
