import type { RemoteAnswer } from '@macrolith/core';
import { createInbox, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import { isTooLarge } from '../connection/too-large.js';
import { readHeaders } from '../wire/read-headers.js';
import { readAnswer } from './answer.js';
import { DeniedByNats, PayloadTooLarge, RemoteTimedOut, RemoteUnavailable } from './call-errors.js';

interface Waiting {
  readonly operation: string;
  readonly subject: string;
  readonly timer: NodeJS.Timeout;
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
  ask({ operation, subject, body, headers, timeoutMs }: Question): Promise<RemoteAnswer> {
    const number = (this.asked++).toString(36);
    const { promise, resolve, reject } = Promise.withResolvers<RemoteAnswer>();
    const timer = setTimeout(() => this.end(number)?.reject(new RemoteTimedOut(operation, timeoutMs)), timeoutMs);
    this.waiting.set(number, { operation, subject, timer, resolve, reject });
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
    return waiting;
  }

  private notSent(operation: string, error: unknown): unknown {
    if (isTooLarge(error)) return new PayloadTooLarge(operation, this.connection.info?.max_payload ?? 0);
    return this.connection.isClosed() ? new RemoteUnavailable(operation, 'not-connected') : error;
  }
}
