import type { NatsLink } from '@macrolith/nats-connection';
import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import type { Logger } from '@nestjs/common';

/** Why a process serves nobody: it has not been connected to NATS yet, or nats-server does not let it subscribe to what it serves. */
export type ServingObstacle = 'not connected' | 'denied';

/** Subscribes to one subject. */
type Take = (connection: NatsConnection) => Subscription;

/** The rights of a user may be changed while nats-server runs, which tells nobody of it. */
const RETRY_MS = 5_000;

/**
 * The subscriptions by which a process serves others.
 *
 *     not connected ──taken──▶ serving
 *           │                   ▲   │
 *           └─────denied──▶ denied ◀┘
 *
 * While NATS is away they count as taken: the connection makes them again when it is back.
 */
export class ServedSubjects {
  private readonly firstServing = Promise.withResolvers<void>();
  private taken = new Map<Take, Subscription>();
  private connection: NatsConnection | undefined;
  private retry: NodeJS.Timeout | undefined;
  private ended = false;
  private current: ServingObstacle | undefined = 'not connected';

  constructor(
    private readonly takes: readonly Take[],
    private readonly link: NatsLink,
    private readonly logger: Logger,
  ) {}

  /** Why nobody is served now. */
  get obstacle(): ServingObstacle | undefined {
    return this.current;
  }

  /** Resolves when others are served for the first time. */
  get serving(): Promise<void> {
    return this.firstServing.promise;
  }

  /** Subscribes over a connection that has none of the subscriptions. Resolves when it is known what became of them. */
  take(connection: NatsConnection): Promise<void> {
    this.connection = connection;
    this.taken = new Map();
    return this.takeMissing();
  }

  /** Subscribes to what was denied before, and finds out what is denied now. Resolves also when the connection is lost meanwhile. */
  async takeMissing(): Promise<void> {
    const { connection } = this;
    clearTimeout(this.retry);
    if (this.ended || connection === undefined) return;
    for (const take of this.takes) {
      if (this.taken.get(take)?.isClosed() !== false) this.taken.set(take, take(connection));
    }
    try {
      // nats-server denies before it answers this.
      await connection.flush();
    } catch {
      return;
    }
    if (connection === this.connection && !this.ended) this.settle();
  }

  /** Takes nothing new. What has arrived by then is handed out. */
  async giveUp(): Promise<void> {
    this.ended = true;
    clearTimeout(this.retry);
    await this.link.giveUp([...this.taken.values()], 'answers');
  }

  private settle(): void {
    const denied = [...this.taken.values()].filter((subscription) => subscription.isClosed());
    if (denied.length === 0) {
      this.current = undefined;
      this.firstServing.resolve();
      return;
    }
    if (this.current !== 'denied') {
      const subjects = denied.map((subscription) => subscription.getSubject()).join(', ');
      this.logger.error(
        `Not all calls can be served: nats-server denies ${subjects}. It is asked again until it does not.`,
      );
    }
    this.current = 'denied';
    this.retry = setTimeout(() => void this.takeMissing(), RETRY_MS);
    this.retry.unref();
  }
}
