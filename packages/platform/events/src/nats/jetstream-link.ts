import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from '@macrolith/core';
import type { EventNames, LinkUser, NatsConnections, NatsLink } from '@macrolith/nats-connection';
import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { IncompatibleStream } from './incompatible-stream.js';
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

/** JetStream over the connection of this process to NATS. It is open while the server answers and the stream is as declared. */
export class JetStreamLink implements LinkUser, OnApplicationShutdown {
  private readonly logger = new Logger('JetStream');
  private readonly openings = new Set<() => void>();
  private readonly first = Promise.withResolvers<void>();
  /** Aborted when the connection that is opened, or was, is lost. */
  private lifetime = new AbortController();
  private current: OpenLink | undefined;

  private constructor(
    private readonly link: NatsLink,
    private readonly options: NatsOptions,
    private readonly names: EventNames,
  ) {
    this.first.promise.catch(() => {});
  }

  /**
   * Waits a while until the link is open. Where NATS cannot be used by then, it goes on in the background.
   * @throws IncompatibleStream
   * @throws NatsMisconfigured
   */
  static async begin(connections: NatsConnections, options: NatsOptions, names: EventNames): Promise<JetStreamLink> {
    const connection = connections.to(options);
    const link = new JetStreamLink(connection, options, names);
    connection.use(link);
    if (!(await connection.ready(options.natsPatienceMs))) return link;
    const patience = new AbortController();
    const late = sleep(options.natsPatienceMs, 'late', { signal: patience.signal }).catch(() => 'in time');
    try {
      const outcome = await Promise.race([link.first.promise, late]);
      if (outcome === 'late')
        link.logger.warn('JetStream cannot be used yet. Events wait in the outboxes until it can.');
      return link;
    } catch (error) {
      await connection.close();
      throw error;
    } finally {
      patience.abort();
    }
  }

  /** Undefined while NATS cannot be used. */
  get open(): OpenLink | undefined {
    return this.current;
  }

  /** Calls `opened` each time that the link opens. */
  whenOpened(opened: () => void): void {
    this.openings.add(opened);
  }

  /** At the end of the process. What NATS has sent by then still arrives, if it can be reached. */
  giveUp(subscriptions: readonly Subscription[]): Promise<void> {
    return this.link.giveUp(subscriptions, 'work');
  }

  connected(connection: NatsConnection): void {
    this.lost();
    this.lifetime = new AbortController();
    void this.establish(connection, this.lifetime.signal);
  }

  /** A server that came back may have lost its disk, so the stream is looked at again. */
  back(connection: NatsConnection): void {
    this.connected(connection);
  }

  lost(): void {
    this.current = undefined;
    this.lifetime.abort();
  }

  onApplicationShutdown(): void {
    this.lost();
  }

  /** Opens the link when the stream is as declared. */
  private async establish(connection: NatsConnection, lost: AbortSignal): Promise<void> {
    for (let failures = 1, told = ''; !lost.aborted; failures += 1) {
      try {
        const manager = await jetstreamManager(connection);
        await setUpStream(manager, this.names.stream, declaredStream(this.names, this.options.stream), this.logger);
        if (lost.aborted) return;
        this.current = { connection, client: jetstream(connection), manager, lost };
        this.first.resolve();
        for (const opened of this.openings) opened();
        return;
      } catch (error) {
        if (lost.aborted) return;
        if (error instanceof IncompatibleStream) this.first.reject(error);
        const failure = `JetStream cannot be used now: events stay in the outboxes. ${error}`;
        if (failure !== told) this.logger.warn(failure);
        told = failure;
        await sleep(backoffMs(failures, BACKOFF, Math.random()), undefined, { signal: lost }).catch(() => {});
      }
    }
  }
}
