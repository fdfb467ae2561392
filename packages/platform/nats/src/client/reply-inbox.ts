import { CallCancelled, type Cancellation, type RemoteAnswer } from '@macrolith/core';
import { createInbox, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import { isTooLarge } from '../connection/too-large.js';
import { readHeaders } from '../wire/read-headers.js';
import { Alarm } from './alarm.js';
import { readAnswer } from './answer.js';
import { DeniedByNats, PayloadTooLarge, RemoteTimedOut, RemoteUnavailable } from './call-errors.js';

interface Waiting {
  readonly question: Question;
  /** In milliseconds since the epoch. */
  readonly until: number;
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
  private readonly alarm = new Alarm((now) => this.endOverdue(now));
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
    const { subject, body, headers, timeoutMs, cancellation } = question;
    const number = (this.asked++).toString(36);
    const { promise, resolve, reject } = Promise.withResolvers<RemoteAnswer>();
    const until = Date.now() + timeoutMs;
    const stopListening = cancellation?.onCancel(() => this.giveUp(number, new CallCancelled()));
    this.waiting.set(number, { question, until, stopListening, resolve, reject });
    this.alarm.by(until);
    try {
      this.connection.publish(subject, body, { reply: this.prefix + number, headers });
    } catch (error) {
      this.end(number)?.reject(this.notSent(question, error));
    }
    return promise;
  }

  /** Ends everything that is awaited: the connection broke. */
  lose(): void {
    for (const [number, { question }] of this.waiting) {
      this.end(number)?.reject(new RemoteUnavailable(question.operation, 'connection-lost'));
    }
  }

  /** Ends what is awaited from a subject that nats-server does not let this process publish to. */
  deny(subject: string): void {
    for (const [number, { question }] of this.waiting) {
      if (question.subject === subject) this.end(number)?.reject(new DeniedByNats(question.operation, subject));
    }
  }

  /** Answers when the next one is due. */
  private endOverdue(now: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (const [number, { question, until }] of this.waiting) {
      if (until <= now) this.giveUp(number, new RemoteTimedOut(question.operation, question.timeoutMs));
      else next = Math.min(next, until);
    }
    return next;
  }

  /** Waits no longer, and tells those who work on it where they would stop. */
  private giveUp(number: string, reason: Error): void {
    const waiting = this.end(number);
    if (waiting === undefined) return;
    waiting.reject(reason);
    const { cancellations } = waiting.question;
    if (cancellations === undefined || this.connection.isClosed()) return;
    this.connection.publish(cancellations, this.prefix + number);
  }

  private receive(message: Msg): void {
    const waiting = this.end(message.subject.slice(this.prefix.length));
    if (waiting === undefined) return;
    const { operation } = waiting.question;
    if (message.data.length === 0 && readHeaders(message)?.code === 503) {
      waiting.reject(new RemoteUnavailable(operation, 'no-provider'));
      return;
    }
    try {
      waiting.resolve(readAnswer(operation, message));
    } catch (error) {
      waiting.reject(error);
    }
  }

  private end(number: string): Waiting | undefined {
    const waiting = this.waiting.get(number);
    if (waiting === undefined) return undefined;
    this.waiting.delete(number);
    waiting.stopListening?.();
    return waiting;
  }

  private notSent({ operation }: Question, error: unknown): unknown {
    if (isTooLarge(error)) return new PayloadTooLarge(operation, this.connection.info?.max_payload ?? 0);
    return this.connection.isClosed() ? new RemoteUnavailable(operation, 'not-connected') : error;
  }
}
