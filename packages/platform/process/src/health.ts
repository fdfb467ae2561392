import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Database } from '@macrolith/data';
import { MetricsPage } from '@macrolith/telemetry';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleDestroy, Optional } from '@nestjs/common';

/** Shorter than the second that orchestrators wait for a probe. */
const PING_TIMEOUT_MS = 800;

/** Whether the process can do its work now, and if not, why. */
interface Readiness {
  readonly status: 'ready' | 'draining' | 'unavailable';
  /** What is missing, and why. */
  readonly [needed: string]: string | undefined;
}

interface Answer {
  readonly status: number;
  /** Media type. Default: JSON. */
  readonly type?: string;
  readonly body: string;
}

/** Why the process cannot do its work for something that it needs; `undefined` when it can. */
type Obstacle = () => string | undefined;

/**
 * Answers whoever looks after the process: `/health/live` while it runs, `/health/ready` while its database answers, there is what
 * else it `needs`, and it is not shutting down, and `/metrics` where that is switched on.
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
  private readonly needed = new Map<string, Obstacle>();
  private draining = false;
  private pinging: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    @Optional() private readonly metrics?: MetricsPage,
  ) {}

  /** The process is ready only while there is no `obstacle` for what is called `name`. The answer says so: `{ "nats": "denied" }`. */
  needs(name: string, obstacle: Obstacle): void {
    this.needed.set(name, obstacle);
  }

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
      const readiness = await this.state();
      return json(readiness.status === 'ready' ? 200 : 503, readiness);
    }
    if (path === '/metrics' && this.metrics !== undefined)
      return { status: 200, type: MetricsPage.mediaType, body: await this.metrics.text() };
    return json(404, { title: 'Ask for /health/live or /health/ready.' });
  }

  private async state(): Promise<Readiness> {
    if (this.draining) return { status: 'draining' };
    const reasons = [...this.needed].map(([name, obstacle]) => [name, obstacle()] as const);
    const obstacles = Object.fromEntries(reasons.filter(([, reason]) => reason !== undefined));
    const isReady = (await this.databaseAnswers()) && Object.keys(obstacles).length === 0;
    return { status: isReady ? 'ready' : 'unavailable', ...obstacles };
  }

  private async databaseAnswers(): Promise<boolean> {
    // One ping at a time, however many ask.
    this.pinging ??= this.database.ping().finally(() => {
      this.pinging = undefined;
    });
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error(`No answer within ${PING_TIMEOUT_MS} ms.`)), PING_TIMEOUT_MS);
    try {
      await Promise.race([this.pinging, late]);
      return true;
    } catch (error) {
      this.logger.warn({ err: error }, 'The database does not answer');
      return false;
    } finally {
      clearTimeout(timer);
    }
  }
}

function json(status: number, body: object): Answer {
  return { status, body: JSON.stringify(body) };
}
