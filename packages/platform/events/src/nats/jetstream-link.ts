import { backoffMs } from '@macrolith/core';
import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { IncompatibleStream } from './incompatible-stream.js';
import type { NatsNames } from './names.js';
import type { NatsOptions } from './nats-options.js';
import { declaredStream } from './stream-config.js';
import { setUpStream } from './stream-setup.js';

/** JetStream as it can be used while the link is open. */
export interface OpenLink {
  readonly connection: NatsConnection;
  readonly client: JetStreamClient;
  readonly manager: JetStreamManager;
  /** Aborted when the connection is lost. */
  readonly lost: AbortSignal;
}

const BACKOFF = { firstMs: 200, maxMs: 10_000 };

/**
 * The connection to NATS: made, and made again, without end. It is open while the server answers and the stream is as
 * declared.
 */
export class JetStreamLink implements OnApplicationShutdown {
  private readonly logger = new Logger('JetStream');
  private readonly openings = new Set<() => void>();
  private readonly closing = new AbortController();
  private connection: NatsConnection | undefined;
  private current: { readonly link: OpenLink; readonly abort: AbortController } | undefined;
  private waitsSince: number | undefined;

  private constructor(
    private readonly options: NatsOptions,
    private readonly names: NatsNames,
  ) {}

  /**
   * Begins to connect, and waits a while for it. Where NATS cannot be reached by then, it goes on in the background.
   * @throws IncompatibleStream
   */
  static async begin(options: NatsOptions, names: NatsNames): Promise<JetStreamLink> {
    const link = new JetStreamLink(options, names);
    const { promise: impatience, resolve } = Promise.withResolvers<'late'>();
    const timer = setTimeout(() => resolve('late'), options.natsPatienceMs);
    const first = link.establish();
    first.catch(() => {});
    const outcome = await Promise.race([first, impatience]).finally(() => clearTimeout(timer));
    if (outcome === 'late') {
      link.logger.warn('NATS cannot be reached yet. Events wait in the outboxes until it can.');
      void first.catch((error) => link.logger.error(`Events stay in the outboxes. ${error.message}`));
    }
    return link;
  }

  /** Undefined while NATS cannot be used. */
  get open(): OpenLink | undefined {
    return this.current?.link;
  }

  /** Calls `opened` each time that the link opens. */
  whenOpened(opened: () => void): void {
    this.openings.add(opened);
  }

  async onApplicationShutdown(): Promise<void> {
    this.closing.abort();
    this.lose();
    // What was published and acknowledged needs nothing more; there are no subscriptions to drain by now.
    await this.connection?.close();
  }

  private async establish(): Promise<void> {
    for (let failures = 1; !this.closing.signal.aborted; failures += 1) {
      try {
        const connection = await connect({
          ...this.options.connection,
          servers: [this.options.servers].flat() as string[],
          name: this.names.system,
          maxReconnectAttempts: -1,
          reconnectDelayHandler: () => this.reconnectMs(),
          noAsyncTraces: true,
        });
        if (this.closing.signal.aborted) return void (await connection.close());
        this.connection = connection;
        await this.use(connection);
        void this.follow(connection);
        return;
      } catch (error) {
        if (error instanceof IncompatibleStream) {
          await this.connection?.close();
          throw error;
        }
        await this.connection?.close().catch(() => {});
        if (failures === 1) this.logger.warn(`NATS cannot be used now; trying again. ${error}`);
        await this.pause(backoffMs(failures, BACKOFF, Math.random()));
      }
    }
  }

  /** Opens the link when the stream is as declared. */
  private async use(connection: NatsConnection): Promise<void> {
    const manager = await jetstreamManager(connection);
    await setUpStream(manager, this.names.stream, declaredStream(this.names, this.options.stream), this.logger);
    const abort = new AbortController();
    this.waitsSince = undefined;
    this.current = { link: { connection, client: jetstream(connection), manager, lost: abort.signal }, abort };
    for (const opened of this.openings) opened();
  }

  /** Closes the link when the connection breaks, and opens it when the connection is there again. */
  private async follow(connection: NatsConnection): Promise<void> {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect') {
        this.lose();
        this.logger.warn('The connection to NATS is lost. Events wait in the outboxes until it is back.');
      }
      if (type === 'reconnect') void this.reopen(connection);
    }
    this.lose();
    if (this.closing.signal.aborted) return;
    // The client gave up, for instance because its credentials were refused.
    await this.establish().catch((error) => this.logger.error(`Events stay in the outboxes. ${error.message}`));
  }

  /** A server that came back may have lost its disk, so the stream is looked at again. */
  private async reopen(connection: NatsConnection): Promise<void> {
    for (let failures = 1; !this.closing.signal.aborted && this.current === undefined; failures += 1) {
      try {
        await this.use(connection);
        this.logger.log('The connection to NATS is back.');
      } catch (error) {
        if (connection.isClosed()) return;
        this.logger.warn(`NATS is back and cannot be used yet. ${error}`);
        await this.pause(backoffMs(failures, BACKOFF, Math.random()));
      }
    }
  }

  private lose(): void {
    this.current?.abort.abort();
    this.current = undefined;
  }

  /** The longer it takes, the more rarely it is tried. */
  private reconnectMs(): number {
    this.waitsSince ??= Date.now();
    return Math.max(
      BACKOFF.firstMs / 2,
      backoffMs(1, { ...BACKOFF, firstMs: this.boundMs(this.waitsSince) }, Math.random()),
    );
  }

  private boundMs(since: number): number {
    return Math.min(BACKOFF.maxMs, Math.max(BACKOFF.firstMs, (Date.now() - since) / 2));
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
