import { CallCancelled, type Cancellation, type RemoteAnswer } from '@macrolith/core';
import { createInbox, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import { isTooLarge } from '../connection/too-large.js';
import { readHeaders } from '../wire/read-headers.js';
import { readAnswer } from './answer.js';
import { DeniedByNats, PayloadTooLarge, RemoteTimedOut, RemoteUnavailable } from './call-errors.js';

interface Waiting {
  readonly operation: string;
  readonly subject: string;
  readonly timer: NodeJS.Timeout;
  readonly stopListening: (() => void) | undefined;
  readonly resolve: (answer: RemoteAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** One question, ready to be sent. */
export interface Question {
  /** As in `catalog.getProduct`, for errors. */
  readonly operation: string;
  readonly subject: string;
  readonly body: Uint8Array;
  readonly headers: MsgHdrs;
  readonly timeoutMs: number;
  /** Tells early that nobody waits for the answer any more. */
  readonly cancellation: Cancellation | undefined;
  /** Where the provider is told that, or that it took too long; nothing where it would not stop. */
  readonly cancellations: string | undefined;
}

/**
 * Where the answers to all calls of this process arrive: one subscription, under a name that nobody can guess, and a number
 * for each call. It ends what is awaited when the connection breaks, which the requests of the client would not.
 */
export class ReplyInbox {
  private readonly waiting = new Map<string, Waiting>();
  private readonly prefix: string;
  private asked = 0;

  constructor(
    private readonly connection: NatsConnection,
    inboxPrefix: string | undefined,
  ) {
    this.prefix = `${createInbox(inboxPrefix)}.`;
    connection.subscribe(`${this.prefix}*`, {
      callback: (error, message) => {
        if (error === null) this.receive(message);
      },
    });
  }

  /** Resolves with what the answer says, and rejects with the refusal that it carries, or with why there is none. */
  ask(question: Question): Promise<RemoteAnswer> {
    const { operation, subject, body, headers, timeoutMs, cancellation } = question;
    const number = (this.asked++).toString(36);
    const { promise, resolve, reject } = Promise.withResolvers<RemoteAnswer>();
    const giveUp = (reason: Error) => {
      this.end(number)?.reject(reason);
      this.tellThatNobodyWaits(question, number);
    };
    const timer = setTimeout(() => giveUp(new RemoteTimedOut(operation, timeoutMs)), timeoutMs);
    const stopListening = cancellation?.onCancel(() => giveUp(new CallCancelled()));
    this.waiting.set(number, { operation, subject, timer, stopListening, resolve, reject });
    try {
      this.connection.publish(subject, body, { reply: this.prefix + number, headers });
    } catch (error) {
      this.end(number)?.reject(this.notSent(operation, error));
    }
    return promise;
  }

  /** Ends everything that is awaited: the connection broke. */
  lose(): void {
    for (const [number, { operation }] of this.waiting) {
      this.end(number)?.reject(new RemoteUnavailable(operation, 'connection-lost'));
    }
  }

  /** Ends what is awaited from a subject that nats-server does not let this process publish to. */
  deny(subject: string): void {
    for (const [number, { operation, subject: asked }] of this.waiting) {
      if (asked === subject) this.end(number)?.reject(new DeniedByNats(operation, subject));
    }
  }

  private receive(message: Msg): void {
    const waiting = this.end(message.subject.slice(this.prefix.length));
    if (waiting === undefined) return;
    if (message.data.length === 0 && readHeaders(message)?.code === 503) {
      waiting.reject(new RemoteUnavailable(waiting.operation, 'no-provider'));
      return;
    }
    try {
      waiting.resolve(readAnswer(waiting.operation, message));
    } catch (error) {
      waiting.reject(error);
    }
  }

  private end(number: string): Waiting | undefined {
    const waiting = this.waiting.get(number);
    if (waiting === undefined) return undefined;
    this.waiting.delete(number);
    clearTimeout(waiting.timer);
    waiting.stopListening?.();
    return waiting;
  }

  private tellThatNobodyWaits({ cancellations }: Question, number: string): void {
    if (cancellations === undefined || this.connection.isClosed()) return;
    this.connection.publish(cancellations, this.prefix + number);
  }

  private notSent(operation: string, error: unknown): unknown {
    if (isTooLarge(error)) return new PayloadTooLarge(operation, this.connection.info?.max_payload ?? 0);
    return this.connection.isClosed() ? new RemoteUnavailable(operation, 'not-connected') : error;
  }
}
