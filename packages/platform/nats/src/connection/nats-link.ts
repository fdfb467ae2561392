import { backoffMs } from '@macrolith/core';
import { connect, type NatsConnection, PermissionViolationError } from '@nats-io/transport-node';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { NatsCallOptions } from '../nats-options.js';

const BACKOFF = { firstMs: 100, maxMs: 5_000 };
/** A server that does not answer two of these in a row counts as lost. */
const PING_MS = 10_000;

/** Whoever uses the connection to NATS. */
export interface LinkUser {
  /** There is a connection; a new one if there was one before. */
  connected(connection: NatsConnection): void;
  /** The connection is broken: whatever was asked over it may never be answered. It mends itself. */
  lost(): void;
  /** nats-server does not let this process publish to a subject. */
  denied(subject: string): void;
}

/** The connection to NATS that calls travel over, made and made again without end. */
export class NatsLink implements OnApplicationShutdown {
  private readonly logger = new Logger('Nats');
  private readonly users = new Set<LinkUser>();
  private readonly closing = new AbortController();
  private current: NatsConnection | undefined;
  private waitsSince: number | undefined;
  /** Whether the server can be reached now, as far as is known. */
  isUp = false;

  private constructor(private readonly options: NatsCallOptions) {}

  /** Begins to connect, and waits a while for it. Where NATS cannot be reached by then, it goes on in the background. */
  static async begin(options: NatsCallOptions): Promise<NatsLink> {
    const link = new NatsLink(options);
    const { promise: impatience, resolve } = Promise.withResolvers<'late'>();
    const timer = setTimeout(() => resolve('late'), options.natsPatienceMs);
    const outcome = await Promise.race([link.establish(), impatience]).finally(() => clearTimeout(timer));
    if (outcome === 'late')
      link.logger.warn('NATS cannot be reached yet. Remote modules cannot be called until it can.');
    return link;
  }

  /** The connection, if there has been one yet. */
  get connection(): NatsConnection | undefined {
    return this.current;
  }

  /** Tells `user` what becomes of the connection, beginning with the one that is there. */
  use(user: LinkUser): void {
    this.users.add(user);
    if (this.current !== undefined) user.connected(this.current);
  }

  /** Answers are out before it closes. */
  async onApplicationShutdown(): Promise<void> {
    this.closing.abort();
    this.isUp = false;
    await this.current?.drain().catch(() => this.current?.close());
  }

  private async establish(): Promise<void> {
    for (let failures = 1; !this.closing.signal.aborted; failures += 1) {
      try {
        const connection = await connect({
          pingInterval: PING_MS,
          ...this.options.connection,
          servers: [this.options.servers].flat() as string[],
          name: this.options.system,
          maxReconnectAttempts: -1,
          reconnectDelayHandler: () => this.reconnectMs(),
          noAsyncTraces: true,
        });
        if (this.closing.signal.aborted) return void (await connection.close());
        this.current = connection;
        this.up();
        for (const user of this.users) user.connected(connection);
        void this.follow(connection);
        return;
      } catch (error) {
        if (failures === 1) this.logger.warn(`NATS cannot be used now; trying again. ${error}`);
        await this.pause(backoffMs(failures, BACKOFF, Math.random()));
      }
    }
  }

  private async follow(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') this.lose();
      if (status.type === 'reconnect') {
        this.up();
        this.logger.log('The connection to NATS is back.');
      }
      if (status.type === 'error') this.tell(status.error);
    }
    this.lose();
    // The client gave up, for instance because its credentials were refused.
    if (!this.closing.signal.aborted) await this.establish();
  }

  private tell(error: Error): void {
    this.logger.error(`NATS refused something. ${error.message}`);
    if (!(error instanceof PermissionViolationError) || error.operation !== 'publish') return;
    for (const user of this.users) user.denied(error.subject);
  }

  private up(): void {
    this.waitsSince = undefined;
    this.isUp = true;
  }

  private lose(): void {
    if (!this.isUp) return;
    this.isUp = false;
    this.logger.warn('The connection to NATS is lost. Remote modules cannot be called until it is back.');
    for (const user of this.users) user.lost();
  }

  /** The longer it takes, the more rarely it is tried. */
  private reconnectMs(): number {
    this.waitsSince ??= Date.now();
    const boundMs = Math.min(BACKOFF.maxMs, Math.max(BACKOFF.firstMs, (Date.now() - this.waitsSince) / 2));
    return Math.max(BACKOFF.firstMs / 2, Math.round(boundMs * Math.random()));
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.closing.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
