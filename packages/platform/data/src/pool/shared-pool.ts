import { CallCancelled, currentContext } from '@macrolith/core';
import pg from 'pg';
import { connectionError, type DatabaseLocation, NoConnectionAvailable } from '../errors/connection-errors.js';
import { StatementNames } from '../statements/statement-names.js';
import { Lease } from './lease.js';
import { Notifications } from './notifications.js';
import { StatisticsCounter } from './statistics.js';

/** Connections of one process, unless `poolSize` says otherwise. */
export const DEFAULT_POOL_SIZE = 16;
/** How long a statement may run, unless `statementTimeoutMs` says otherwise. */
export const DEFAULT_STATEMENT_TIMEOUT_MS = 30_000;
/** How long a statement may wait for a lock, unless `lockTimeoutMs` says otherwise. */
export const DEFAULT_LOCK_TIMEOUT_MS = 10_000;
/** How long a unit of work may sit on its connection and its locks without sending anything. */
export const IDLE_IN_TRANSACTION_TIMEOUT_MS = 60_000;
/** How long a connection may stay unused before it is closed. */
export const IDLE_CONNECTION_MS = 60_000;
/** How long a shutdown waits for units of work that are still running. */
export const CLOSE_WAIT_MS = 5_000;
/** How long to wait for a connection when all are in use. */
export const CONNECTION_WAIT_MS = 10_000;

export interface PoolSettings {
  readonly connection: pg.ClientConfig;
  /** Where the connection leads, for errors. */
  readonly location: DatabaseLocation;
  readonly size: number;
  readonly statementTimeoutMs: number;
  readonly lockTimeoutMs: number;
  readonly connectionWaitMs: number;
}

/** The connections that all modules share. They log in as a role without rights of its own. */
export class SharedPool {
  readonly statistics = new StatisticsCounter();
  readonly names = new StatementNames();
  private readonly pool: pg.Pool;
  private readonly listening = new Set<Notifications>();

  constructor(private readonly settings: PoolSettings) {
    this.pool = new pg.Pool({
      ...settings.connection,
      max: settings.size,
      pipeline: true,
      keepAlive: true,
      application_name: 'macrolith',
      idleTimeoutMillis: IDLE_CONNECTION_MS,
      connectionTimeoutMillis: settings.connectionWaitMs,
      statement_timeout: settings.statementTimeoutMs,
      lock_timeout: settings.lockTimeoutMs,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    } as pg.PoolConfig);
    // An idle connection that the server closes is replaced by the pool; one in use tells its statements. Without a
    // listener either would end the process.
    this.pool.on('error', () => {});
    this.pool.on('connect', (client) => client.on('error', () => {}));
  }

  /** How long a statement may wait for a lock, or for its turn in a unit of work, in milliseconds; 0 is without end. */
  get lockTimeoutMs(): number {
    return this.settings.lockTimeoutMs;
  }

  /** @throws CallCancelled where nobody waits for the answer of the running query any more, also while it waits for a connection */
  lease(): Promise<Lease> {
    const { cancellation } = currentContext();
    return new Promise((resolve, reject) => {
      cancellation?.throwIfCancelled();
      this.pool.connect((error, client) => {
        if (client === undefined) return reject(this.leaseError(error));
        const lease = new Lease(client, this.statistics);
        if (!cancellation?.isCancelled) return resolve(lease);
        lease.release();
        reject(new CallCancelled());
      });
    });
  }

  /** Resolves when a connection answers. */
  async ping(): Promise<void> {
    const lease = await this.lease();
    await lease.control([], 'SELECT 1').finally(() => lease.release());
  }

  /** Sends a notification, outside of any transaction. */
  async notify(channel: string, payload: string): Promise<void> {
    const lease = await this.lease();
    const text = `SELECT pg_notify(${pg.escapeLiteral(channel)}, ${pg.escapeLiteral(payload)})`;
    await lease.control([], text).finally(() => lease.release());
  }

  /** Calls `heard` for each notification on the channel, and `missed` whenever some may have been lost. */
  async listen(channel: string, heard: (payload: string) => void, missed: () => void): Promise<void> {
    const notifications = new Notifications(this.settings.connection, channel, heard, missed);
    this.listening.add(notifications);
    await notifications.open();
  }

  /**
   * Closes idle connections now and the others when they are handed back, and waits for those only so long: what still
   * holds one then is ended with the process. Safe to call again.
   */
  async close(): Promise<void> {
    if (this.pool.ending) return;
    await Promise.all([...this.listening].map((notifications) => notifications.close()));
    const { promise: outOfPatience, resolve } = Promise.withResolvers<void>();
    const patience = setTimeout(resolve, CLOSE_WAIT_MS);
    await Promise.race([this.pool.end(), outOfPatience]);
    clearTimeout(patience);
  }

  private leaseError(error: unknown): Error {
    const { size, connectionWaitMs, location } = this.settings;
    const isExhausted = this.pool.totalCount >= size && this.pool.idleCount === 0;
    return isExhausted ? new NoConnectionAvailable(size, connectionWaitMs, error) : connectionError(location, error);
  }
}
