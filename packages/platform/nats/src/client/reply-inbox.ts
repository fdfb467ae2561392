import { randomBytes } from 'node:crypto';
import { CallCancelled, type Cancellation, type RemoteAnswer, Unauthenticated } from '@macrolith/core';
import { type Msg, type NatsConnection } from '@nats-io/transport-node';
import { Logger } from '@nestjs/common';
import { headerLine } from '../wire/header-lines.js';
import { HEADER } from '../wire/header-names.js';
import { numberInSubject } from '../wire/message-bytes.js';
import { MessageTooLarge, publish } from '../wire/publish.js';
import { Alarm } from './alarm.js';
import { readAnswer } from './answer.js';
import { DeniedByNats, PayloadTooLarge, RemoteTimedOut, RemoteUnavailable } from './call-errors.js';
import { ReplyNumbers } from './reply-numbers.js';
import { failureOf } from './sendable.js';

interface Waiting {
  readonly question: Question;
  /** Under which the answer arrives. */
  number: number;
  /** The same of what was sent once more. */
  secondNumber: number | undefined;
  /** In milliseconds since the epoch. */
  readonly until: number;
  /** When it is sent once more; `Infinity` when that is done, or is not to be. */
  sendAgainAt: number;
  stopListening: (() => void) | undefined;
  readonly resolve: (answer: RemoteAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** One question, ready to be sent. */
export interface Question {
  /** As in `catalog.getProduct`, for errors. */
  readonly operation: string;
  readonly subject: string;
  /** JSON. */
  readonly body: string;
  /** The headers, but for the time that is left. */
  readonly lines: string;
  /** How long the answer is awaited. */
  readonly timeoutMs: number;
  /** After how long without an answer it is sent once more; `Infinity` where it may not be. */
  readonly patienceMs: number;
  /** Hears when it is. */
  readonly sender: { sendsAgain(reason: string): void };
  /** Tells early that nobody waits for the answer any more. */
  readonly cancellation: Cancellation | undefined;
  /** Where the provider is told that, or that it took too long; nothing where it would not stop. */
  readonly cancellations: string | undefined;
}

/**
 * Where the answers to the calls of one module arrive: one subscription, under a name that nobody can guess, and a number
 * for each call. It ends what is awaited when the connection breaks, which the requests of the client would not.
 *
 * What has no answer for long is sent once more under a second number, as the message or the process that had it may be lost: the
 * first answer to either counts. So a call that takes long is answered when it is done, and one that was lost is not awaited in vain.
 */
export class ReplyInbox {
  private readonly waiting = new Map<number, Waiting>();
  private readonly prefix: string;
  private readonly alarm = new Alarm((now) => this.ring(now));
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
    const { timeoutMs, patienceMs, cancellation } = question;
    const { promise, resolve, reject } = Promise.withResolvers<RemoteAnswer>();
    const now = Date.now();
    const until = now + timeoutMs;
    const sendAgainAt = now + patienceMs;
    const number = this.numbers.next(now);
    const waiting: Waiting = {
      question,
      number,
      secondNumber: undefined,
      until,
      sendAgainAt,
      stopListening: undefined,
      resolve,
      reject,
    };
    waiting.stopListening = cancellation?.onCancel(() => this.giveUp(waiting, new CallCancelled()));
    this.waiting.set(number, waiting);
    this.alarm.by(Math.min(until, sendAgainAt));
    try {
      this.send(question, number, timeoutMs);
    } catch (error) {
      this.end(waiting);
      reject(this.notSent(question, error));
    }
    return promise;
  }

  /** Ends everything that is awaited: the connection broke. */
  lose(): void {
    for (const waiting of this.waiting.values()) {
      this.end(waiting);
      waiting.reject(new RemoteUnavailable(waiting.question.operation, 'connection-lost'));
    }
  }

  /** Ends what is awaited from a subject that nats-server does not let this process publish to. */
  deny(subject: string): void {
    for (const waiting of this.waiting.values()) {
      const { question } = waiting;
      if (question.subject !== subject) continue;
      this.end(waiting);
      waiting.reject(new DeniedByNats(question.operation, subject));
    }
  }

  private send({ subject, body, lines }: Question, number: number, leftMs: number): void {
    publish(this.connection, {
      subject,
      reply: this.prefix + number,
      lines: lines + headerLine(HEADER.timeoutMs, String(leftMs)),
      body,
    });
  }

  /** Does what is due, and answers when there is something next. */
  private ring(now: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (const waiting of this.waiting.values()) {
      const { question, until } = waiting;
      if (until <= now) {
        this.giveUp(waiting, new RemoteTimedOut(question.operation, question.timeoutMs));
        continue;
      }
      if (waiting.sendAgainAt <= now) this.sendOnceMore(waiting, now);
      next = Math.min(next, until, waiting.sendAgainAt);
    }
    return next;
  }

  private sendOnceMore(waiting: Waiting, now: number): void {
    const { question, until } = waiting;
    waiting.sendAgainAt = Number.POSITIVE_INFINITY;
    const number = this.numbers.next(now);
    try {
      this.send(question, number, until - now);
    } catch {
      // The connection is being closed, and ends what is awaited when it is.
      return;
    }
    waiting.secondNumber = number;
    this.waiting.set(number, waiting);
    question.sender.sendsAgain('no-answer');
  }

  /** Waits no longer, and tells those who work on it where they would stop. */
  private giveUp(waiting: Waiting, reason: Error): void {
    this.end(waiting);
    waiting.reject(reason);
    this.callOff(waiting.question, waiting.number);
    if (waiting.secondNumber !== undefined) this.callOff(waiting.question, waiting.secondNumber);
  }

  private callOff({ cancellations }: Question, number: number): void {
    if (cancellations === undefined) return;
    try {
      this.connection.publish(cancellations, this.prefix + number);
    } catch {
      // The connection is closed, or about to be: whoever works on it finds nobody to answer.
    }
  }

  private receive(message: Msg): void {
    const number = numberInSubject(message, this.prefix.length);
    if (number === undefined) return;
    const waiting = this.waiting.get(number);
    if (waiting === undefined) {
      this.unexpected(number);
      return;
    }
    const now = Date.now();
    this.numbers.answered(number, now);
    const { secondNumber } = waiting;
    let answer: RemoteAnswer;
    try {
      answer = readAnswer(waiting.question.operation, message);
    } catch (error) {
      if (secondNumber !== undefined && saysNothingOfTheOther(error)) this.leave(waiting, number, now);
      else this.conclude(waiting, number).reject(error);
      return;
    }
    this.conclude(waiting, number).resolve(answer);
  }

  /** Ends it by the answer to one of its numbers: the other is not needed any more. */
  private conclude(waiting: Waiting, answered: number): Waiting {
    this.end(waiting);
    if (waiting.secondNumber !== undefined) {
      this.callOff(waiting.question, answered === waiting.number ? waiting.secondNumber : waiting.number);
    }
    return waiting;
  }

  /** Of what was sent twice one did not come to work: the other may, and is awaited. It is sent once more again if that takes long. */
  private leave(waiting: Waiting, refused: number, now: number): void {
    this.waiting.delete(refused);
    if (refused === waiting.number) waiting.number = waiting.secondNumber!;
    waiting.secondNumber = undefined;
    waiting.sendAgainAt = now + waiting.question.patienceMs;
    this.alarm.by(waiting.sendAgainAt);
  }

  /** Late, as its call was given up; or a second one. */
  private unexpected(number: number): void {
    if (!this.numbers.cameAgain(number)) return;
    this.logger.error(
      'A call was answered twice. Something serves a module outside of its queue group, or answers one request several times: ' +
        'the second answers are dropped, and calls take a little longer from now on. See docs/wire.md.',
    );
  }

  private end(waiting: Waiting): void {
    this.waiting.delete(waiting.number);
    if (waiting.secondNumber !== undefined) this.waiting.delete(waiting.secondNumber);
    waiting.stopListening?.();
  }

  private notSent({ operation }: Question, error: unknown): unknown {
    if (error instanceof MessageTooLarge) return new PayloadTooLarge(operation, error.maxBytes);
    const isGone = this.connection.isClosed() || this.connection.isDraining();
    return isGone ? new RemoteUnavailable(operation, 'not-connected') : error;
  }
}

/** Who was asked later may have too much to do, or be told of the principal by a token that has expired since. */
function saysNothingOfTheOther(error: unknown): boolean {
  return failureOf(error)?.isPassing === true || error instanceof Unauthenticated;
}
