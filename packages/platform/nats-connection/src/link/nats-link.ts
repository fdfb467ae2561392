import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs, Shutdown, type ShutdownPhase } from '@macrolith/core';
import {
  type NatsConnection,
  type NodeConnectionOptions,
  PermissionViolationError,
  type Subscription,
} from '@nats-io/transport-node';
import { Logger } from '@nestjs/common';
import { showCertificate } from './certificate.js';
import { connectDirectly } from './direct-transport.js';
import { NatsMisconfigured } from './nats-misconfigured.js';
import { addressesOf, type NatsPlace } from './nats-place.js';

const BACKOFF = { firstMs: 100, maxMs: 5_000 };
/**
 * What piles up within one turn of the event loop is sent off in pieces: the other side works on the first while the next is written. The
 * client of NATS takes it as an option that its types do not show (found in @nats-io/nats-core 3.4.0); by default it is 32 KiB.
 */
const WRITING = { pendingLimit: 8 * 1_024 } as NodeConnectionOptions;
/** An attempt to connect takes no longer; a server that refuses a certificate by TLS 1.3 is taken for one that is silent. */
const CONNECT_MS = 5_000;
/** A server that does not answer two of these in a row counts as lost. */
const PING_MS = 10_000;
/** A connection that is lost for so long may be refused for the certificate, which the client of NATS does not say. */
const SUSPICIOUS_MS = 5_000;
/** A server that has kept silent over so many pings is given up, if the client of NATS has not done so by then. */
const STALE_MS = 2_000;
/** A server that confirms nothing for so long is not waited for at the end of the process. */
const CONFIRMATION_MS = 2_000;
/** Subjects whose denial was told. Whoever is denied more has one reason for all of them. */
const MOST_DENIALS = 1_000;

/** Whoever uses the connection to NATS. */
export interface LinkUser {
  /** There is a connection; a new one if there was one before. */
  connected(connection: NatsConnection): void;
  /** The connection is broken: whatever was asked over it may never be answered. It mends itself. */
  lost(): void;
  /** The same connection is there again, and so are its subscriptions. */
  back?(connection: NatsConnection): void;
  /** nats-server does not let this process publish to a subject. */
  denied?(subject: string): void;
}

/**
 * The connection of this process to NATS, which calls and events share: made, and made again without end.
 *
 *     trying ──connected──▶ up ──lost──▶ down ──back──▶ up
 *        ▲                                │
 *        └────the client gave up──────────┘
 */
export class NatsLink {
  private readonly logger = new Logger('Nats');
  private readonly users = new Set<LinkUser>();
  private readonly closing = new AbortController();
  private readonly first = Promise.withResolvers<void>();
  private readonly deniedSubjects = new Set<string>();
  private current: NatsConnection | undefined;
  private waitsSince: number | undefined;
  private lastFailure: string | undefined;
  /** Under way while the connection is lost. */
  private explanation: Promise<void> | undefined;
  /** Set while a connection that has gone silent is still held by the client of NATS. */
  private stale: NodeJS.Timeout | undefined;
  /** Whether the server was waited for in vain at the end of the process: it is not waited for again. */
  private isDeaf = false;
  /** Whether the server can be reached now, as far as is known. */
  isUp = false;

  /** Begins to connect. */
  constructor(
    readonly place: NatsPlace,
    private readonly shutdown = new Shutdown(),
  ) {
    // Whoever does not wait for it is told by the log.
    this.first.promise.catch(() => {});
    void this.establish();
  }

  /**
   * Waits a while for the first connection. Where NATS cannot be reached by then, it goes on in the background.
   * @returns whether there is one
   * @throws NatsMisconfigured when trying again cannot help
   */
  async ready(patienceMs: number): Promise<boolean> {
    const { promise: impatience, resolve } = Promise.withResolvers<'late'>();
    const timer = setTimeout(() => resolve('late'), patienceMs);
    try {
      const outcome = await Promise.race([this.first.promise, impatience]);
      if (outcome === 'late') this.logger.warn('NATS cannot be reached yet. It is tried until it can.');
      return outcome !== 'late';
    } catch (error) {
      await this.close();
      throw error;
    } finally {
      clearTimeout(timer);
    }
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

  /**
   * Gives up subscriptions at the end of the process. What nats-server has sent by then still arrives, if it can be reached and confirms
   * that there is no more in time.
   */
  async giveUp(subscriptions: readonly Subscription[], phase: ShutdownPhase): Promise<void> {
    await this.confirmed(phase, () => Promise.allSettled(subscriptions.map((subscription) => subscription.drain())));
    for (const subscription of subscriptions) if (!subscription.isClosed()) subscription.unsubscribe();
  }

  /** Waits at the end of the process until what was published is out, if nats-server can be reached and confirms it in time. */
  async flushed(phase: ShutdownPhase): Promise<void> {
    await this.confirmed(phase, async () => this.current?.flush());
  }

  /** What was published is out before it closes, if nats-server can be reached. */
  async close(): Promise<void> {
    this.closing.abort();
    clearTimeout(this.stale);
    const drained = this.confirmed('closing', async () => this.current?.drain());
    this.isUp = false;
    await drained;
    await this.current?.close();
    for (const user of this.users) user.lost();
  }

  /** The client of NATS waits for a server that is away or silent until it is back (as of @nats-io/nats-core 3.4.0). */
  private async confirmed(phase: ShutdownPhase, ask: () => Promise<unknown>): Promise<void> {
    if (!this.isUp || this.isDeaf) return;
    this.isDeaf = !(await this.shutdown.waitFor(phase, ask(), CONFIRMATION_MS));
  }

  private async establish(): Promise<void> {
    for (let failures = 1; !this.closing.signal.aborted; failures += 1) {
      try {
        const addresses = addressesOf(this.place);
        await showCertificate(this.place);
        const connection = await connectDirectly({
          timeout: CONNECT_MS,
          pingInterval: PING_MS,
          ...addresses,
          ...this.place.connection,
          name: this.place.system,
          maxReconnectAttempts: -1,
          reconnectDelayHandler: () => this.reconnectMs(),
          noAsyncTraces: true,
          ...WRITING,
        });
        if (this.closing.signal.aborted) return void (await connection.close());
        this.begin(connection);
        return;
      } catch (error) {
        this.failed(error);
        await this.pause(backoffMs(failures, BACKOFF, Math.random()));
      }
    }
  }

  private begin(connection: NatsConnection): void {
    this.current = connection;
    this.up();
    for (const user of this.users) user.connected(connection);
    this.first.resolve();
    void this.follow(connection);
  }

  private failed(error: unknown): void {
    const failure = error instanceof NatsMisconfigured ? error : NatsMisconfigured.from(error);
    if (failure !== undefined) this.first.reject(failure);
    const told = failure?.message ?? `NATS cannot be used now. ${error}`;
    if (told !== this.lastFailure) this.logger.warn(`${told} It is tried again.`);
    this.lastFailure = told;
  }

  private async follow(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type === 'staleConnection') this.doubt(connection);
      if (status.type === 'disconnect') this.lose();
      if (status.type === 'reconnect') {
        this.up();
        this.logger.log('The connection to NATS is back.');
        for (const user of this.users) user.back?.(connection);
      }
      if (status.type === 'error') this.tell(status.error);
    }
    this.lose();
    // The client gave up, for instance because its credentials were refused.
    if (!this.closing.signal.aborted) await this.establish();
  }

  private tell(error: Error): void {
    if (!(error instanceof PermissionViolationError)) {
      this.logger.error(`NATS refused something. ${error.message}`);
      return;
    }
    const { operation, subject } = error;
    const denial = `${operation} ${subject}`;
    if (!this.deniedSubjects.has(denial) && this.deniedSubjects.size < MOST_DENIALS) {
      this.deniedSubjects.add(denial);
      const what = operation === 'publish' ? 'publish' : 'subscribe';
      this.logger.error(
        `nats-server does not let this process ${what} to ${subject}. Write its users' rights anew with macro nats-auth.`,
      );
    }
    if (operation === 'publish') for (const user of this.users) user.denied?.(subject);
  }

  private up(): void {
    this.waitsSince = undefined;
    this.lastFailure = undefined;
    this.deniedSubjects.clear();
    this.isUp = true;
  }

  /**
   * nats-server has gone silent. The client of NATS disconnects once all is sent that it has for the server, which takes minutes where
   * the network takes nothing any more (as of @nats-io/transport-node 3.4.0): then a connection is made anew.
   */
  private doubt(connection: NatsConnection): void {
    this.lose();
    this.stale = setTimeout(() => void connection.close(), STALE_MS);
  }

  private lose(): void {
    clearTimeout(this.stale);
    if (!this.isUp) return;
    this.isUp = false;
    this.logger.warn(
      'The connection to NATS is lost. Remote modules cannot be called, and events wait in the outboxes, until it is back.',
    );
    for (const user of this.users) user.lost();
    this.explanation ??= this.explain().finally(() => {
      this.explanation = undefined;
    });
  }

  /** Says why the connection stays lost, where that is for the certificate. */
  private async explain(): Promise<void> {
    await this.pause(SUSPICIOUS_MS);
    while (!this.isUp && !this.closing.signal.aborted) {
      await showCertificate(this.place).catch((refusal: unknown) => this.failed(refusal));
      await this.pause(SUSPICIOUS_MS);
    }
  }

  /** The longer it takes, the more rarely it is tried. */
  private reconnectMs(): number {
    this.waitsSince ??= Date.now();
    const boundMs = Math.min(BACKOFF.maxMs, Math.max(BACKOFF.firstMs, (Date.now() - this.waitsSince) / 2));
    return Math.max(BACKOFF.firstMs / 2, Math.round(boundMs * Math.random()));
  }

  /** Ends early when the process closes. */
  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.closing.signal }).catch(() => {});
  }
}
