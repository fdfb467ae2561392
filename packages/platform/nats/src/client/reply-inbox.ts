import { randomBytes } from 'node:crypto';
import { CallCancelled, type Cancellation, type RemoteAnswer } from '@macrolith/core';
import { type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import { Logger } from '@nestjs/common';
import { isTooLarge } from '../connection/too-large.js';
import { numberInSubject } from '../wire/message-bytes.js';
import { Alarm } from './alarm.js';
import { readAnswer } from './answer.js';
import { DeniedByNats, PayloadTooLarge, RemoteTimedOut, RemoteUnavailable } from './call-errors.js';
import { ReplyNumbers } from './reply-numbers.js';

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
 * Where the answers to the calls of one module arrive: one subscription, under a name that nobody can guess, and a number
 * for each call. It ends what is awaited when the connection breaks, which the requests of the client would not.
 */
export class ReplyInbox {
  private readonly waiting = new Map<number, Waiting>();
  private readonly prefix: string;
  private readonly alarm = new Alarm((now) => this.endOverdue(now));
  private readonly numbers = new ReplyNumbers();
  private readonly logger = new Logger('RemoteModules');

  constructor(
    private readonly connection: NatsConnection,
    inboxPrefix: string | undefined,
  ) {
    // Those that the client makes can be told from one another: each is the one before and a little more.
    this.prefix = `${inboxPrefix ?? '_INBOX'}.${randomBytes(16).toString('base64url')}.`;
    connection.subscribe(`${this.prefix}*`, {
      callback: (error, message) => {
        if (error === null) this.receive(message);
      },
    });
  }

  /** Resolves with what the answer says, and rejects with the refusal that it carries, or with why there is none. */
  ask(question: Question): Promise<RemoteAnswer> {
    const { subject, body, headers, timeoutMs, cancellation } = question;
    const { promise, resolve, reject } = Promise.withResolvers<RemoteAnswer>();
    const now = Date.now();
    const until = now + timeoutMs;
    const number = this.numbers.next(now);
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
  private giveUp(number: number, reason: Error): void {
    const waiting = this.end(number);
    if (waiting === undefined) return;
    waiting.reject(reason);
    const { cancellations } = waiting.question;
    if (cancellations === undefined || this.connection.isClosed()) return;
    this.connection.publish(cancellations, this.prefix + number);
  }

  private receive(message: Msg): void {
    const number = numberInSubject(message, this.prefix.length);
    if (number === undefined) return;
    const waiting = this.end(number);
    if (waiting === undefined) {
      this.unexpected(number);
      return;
    }
    this.numbers.answered(number, Date.now());
    try {
      waiting.resolve(readAnswer(waiting.question.operation, message));
    } catch (error) {
      waiting.reject(error);
    }
  }

  /** Late, as its call was given up; or a second one. */
  private unexpected(number: number): void {
    if (!this.numbers.cameAgain(number)) return;
    this.logger.error(
      'A call was answered twice. Something serves a module outside of its queue group, or answers one request several times: ' +
        'the second answers are dropped, and calls take a little longer from now on. See docs/wire.md.',
    );
  }

  private end(number: number): Waiting | undefined {
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
