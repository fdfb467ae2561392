import pg from 'pg';

/** First and longest pause before a lost connection is made anew, in milliseconds. */
const RECONNECT_MS = { first: 100, longest: 5_000 };

/**
 * Listens on one channel over a connection of its own, since LISTEN would stay behind on a shared one, and comes back
 * whenever the connection is lost. Notifications sent meanwhile are lost, and `missed` says that there may be some.
 *
 * Through a pooler that hands out connections by the transaction nothing arrives: whoever listens must also look by itself
 * from time to time.
 */
export class Notifications {
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private failures = 0;
  private closed = false;

  constructor(
    private readonly connection: pg.ClientConfig,
    private readonly channel: string,
    private readonly heard: (payload: string) => void,
    private readonly missed: () => void,
  ) {}

  /** Resolves when it listens, or has failed to and will try again. */
  async open(): Promise<void> {
    const client = new pg.Client({ ...this.connection, keepAlive: true, application_name: 'macrolith listener' });
    this.client = client;
    // The connection may end while nothing is under way: its error must not end the process.
    client.on('error', () => {});
    client.on('end', () => this.lost(client));
    client.on('notification', ({ payload = '' }) => this.heard(payload));
    try {
      await client.connect();
      await client.query(`LISTEN ${pg.escapeIdentifier(this.channel)}`);
      this.failures = 0;
      this.missed();
    } catch {
      client.end().catch(() => {});
      this.lost(client);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.client?.end().catch(() => {});
  }

  private lost(client: pg.Client): void {
    if (this.closed || this.client !== client) return;
    this.client = undefined;
    const pauseMs = Math.min(RECONNECT_MS.longest, RECONNECT_MS.first * 2 ** this.failures);
    this.failures += 1;
    this.timer = setTimeout(() => void this.open(), pauseMs);
    this.timer.unref();
  }
}
