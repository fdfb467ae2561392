import { connect, type NatsConnection } from '@nats-io/transport-node';

/** One message that asked for a call. */
export interface Sent {
  /** Where its answer was to go. */
  readonly reply: string;
  readonly atMs: number;
  isAnswered: boolean;
}

/**
 * Listens to what the shell asks of `tally` over NATS, and to what is answered: how often each call was sent is seen on the wire,
 * and not told by whoever sent it.
 */
export class Tap implements AsyncDisposable {
  private readonly calls = new Map<string, Sent[]>();
  private readonly awaited = new Map<string, Sent>();

  private constructor(private readonly connection: NatsConnection) {}

  static async on(natsUrl: string): Promise<Tap> {
    const connection = await connect({ servers: natsUrl, maxReconnectAttempts: -1, reconnectTimeWait: 50 });
    const tap = new Tap(connection);
    connection.subscribe('macrolith.calls.tally.*', {
      callback: (_, message) => tap.asked(message.json<{ call: string }>().call, message.reply!),
    });
    connection.subscribe('_INBOX.>', {
      callback: (_, message) => tap.answered(message.subject, message.headers?.code === 503),
    });
    await connection.flush();
    return tap;
  }

  /** Begins anew. */
  forget(): void {
    this.calls.clear();
    this.awaited.clear();
  }

  /** Every call with the messages that asked for it, once everything has arrived that was sent by now. */
  async sent(): Promise<ReadonlyMap<string, readonly Sent[]>> {
    await this.connection.flush();
    return this.calls;
  }

  /** Whether calls that were asked within a time, in milliseconds since the epoch, have no answer yet, however often they were sent. */
  awaits({ sinceMs, untilMs }: { readonly sinceMs: number; readonly untilMs: number }): boolean {
    return [...this.calls.values()].some(
      (messages) =>
        messages[0]!.atMs >= sinceMs && messages[0]!.atMs < untilMs && !messages.some(({ isAnswered }) => isAnswered),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.connection.close();
  }

  private asked(call: string, reply: string): void {
    const sent: Sent = { reply, atMs: Date.now(), isAnswered: false };
    this.calls.set(call, [...(this.calls.get(call) ?? []), sent]);
    this.awaited.set(reply, sent);
  }

  /** That nobody is there, nats-server tells the asker alone; it would not be an answer anyway. */
  private answered(reply: string, isNobody: boolean): void {
    const sent = this.awaited.get(reply);
    if (sent === undefined || isNobody) return;
    sent.isAnswered = true;
    this.awaited.delete(reply);
  }
}
