import { type AnyPort, decodeInput, encodeError, encodeOutput, type Operation } from '@macrolith/contract';
import {
  authorize,
  type Call,
  CallCancelled,
  type CallEdge,
  type Cancellation,
  context,
  currentTraceId,
  follow,
  type Identity,
  type PortRegistry,
  type PrincipalTokens,
  runInContext,
  type TaskTerms,
  workHook,
} from '@macrolith/core';
import type { Logger } from '@nestjs/common';
import { headerLine } from '../wire/header-lines.js';
import { HEADER } from '../wire/header-names.js';
import type { Received } from '../wire/received.js';
import { type Answer, declared, failed, ok, refused } from './answer.js';
import { type CallHead, checkCaller, HeadReader, vouchedFor } from './call-head.js';
import { CallRefused } from './call-refused.js';
import { EndpointStatistics } from './endpoint-statistics.js';
import { invalidInput, refusalOf } from './refusal-of.js';
import { underTerms } from './task-under-terms.js';

/** What the serving of operations needs of its surroundings. */
export interface Serving {
  readonly registry: PortRegistry;
  readonly tokens: PrincipalTokens | undefined;
  /** Where modules may say something about their tasks. */
  readonly terms: TaskTerms | undefined;
  readonly logger: Logger;
}

/** More callers than a product has modules: the names come from outside. */
const MOST_CALLERS = 500;
const NOBODY_WAITS = new CallRefused('deadline-passed', 'Nobody waits for the answer any more.');
/** What is no UTF-8 is no JSON either. */
const NO_JSON = '';
const NOBODY: Identity = Object.freeze({});

/** One operation as other processes find it: from the message of a call to the answer, whatever happens on the way. */
export class ServedOperation {
  readonly statistics = new EndpointStatistics();
  private readonly heads: HeadReader;
  private readonly calls = new Map<string, Call>();

  constructor(
    private readonly port: AnyPort,
    readonly operation: Operation,
    private readonly on: Serving,
  ) {
    this.heads = new HeadReader(operation.kind);
  }

  /** Never rejects. */
  answer({ head: text, body }: Received, cancellation: Cancellation | undefined): Promise<Answer> {
    const startedAt = performance.now();
    try {
      const now = Date.now();
      const head = this.heads.read(text, now, cancellation);
      if (head.token !== undefined) return this.answerOnBehalf(head.token, head, body, startedAt);
      authorize(this.operation, NOBODY);
      return context.run(head.context, () => this.called(head, body, startedAt));
    } catch (error) {
      return Promise.resolve(this.counted(this.refusedOrFailed(error), startedAt));
    }
  }

  private async answerOnBehalf(
    token: string,
    head: CallHead,
    body: string | undefined,
    startedAt: number,
  ): Promise<Answer> {
    try {
      const identity = await this.identityOf(token);
      authorize(this.operation, identity);
      return await context.run(vouchedFor(head.context, identity), () => this.called(head, body, startedAt));
    } catch (error) {
      return this.counted(this.refusedOrFailed(error), startedAt);
    }
  }

  /** Everything in here is within the context of the call. Never rejects. */
  private async called(head: CallHead, body: string | undefined, startedAt: number): Promise<Answer> {
    const { operation } = this;
    let answer: Answer;
    try {
      if (head.context.deadlineAt! <= Date.now())
        throw new CallRefused('deadline-passed', `The caller's time was over.`);
      answer = ok(encodeOutput(operation, await this.callFrom(head.caller)(this.inputOf(head, body))));
    } catch (error) {
      answer = this.declaredAnswer(error) ?? this.refusedOrFailed(error);
    }
    return this.counted(answer, startedAt);
  }

  private counted(answer: Answer, startedAt: number): Answer {
    this.statistics.count(performance.now() - startedAt, answer.error);
    return answer;
  }

  private declaredAnswer(error: unknown): Answer | undefined {
    try {
      const wire = encodeError(this.operation, error);
      return wire && declared(wire, this.retryLine);
    } catch (unfit) {
      return this.refusedOrFailed(unfit);
    }
  }

  private inputOf({ contract }: CallHead, body: string | undefined): unknown {
    try {
      return decodeInput(this.operation, JSON.parse(body ?? NO_JSON));
    } catch (error) {
      throw invalidInput(error, this.versions(contract));
    }
  }

  /** Two versions of a contract are the first thing to look at when an argument does not fit. */
  private versions(callers: string | undefined): string {
    const { version } = this.port.contract;
    return callers === undefined || callers === version
      ? ''
      : ` The caller knows version ${callers} of the contract, and this process serves ${version}.`;
  }

  private async identityOf(token: string): Promise<Identity> {
    const { tokens } = this.on;
    if (tokens === undefined) {
      throw new CallRefused(
        'unauthenticated',
        'The call brings a principal, and this process cannot check on whose behalf it comes.',
      );
    }
    return tokens.verify(token);
  }

  private refusedOrFailed(error: unknown): Answer {
    if (error instanceof CallCancelled) return refused(NOBODY_WAITS.refusal);
    const refusal = refusalOf(error);
    if (refusal !== undefined) return refused(refusal);
    this.on.logger.error(
      { err: error, operation: this.operation.id, traceId: currentTraceId() },
      'A call from another process failed',
    );
    return failed(currentTraceId(), this.retryLine);
  }

  private callFrom(caller: string): Call {
    const known = this.calls.get(caller);
    if (known !== undefined) return known;
    checkCaller(caller);
    const call = followed(this.bound(caller), this.edgeFrom(caller));
    if (this.calls.size < MOST_CALLERS) this.calls.set(caller, call);
    return call;
  }

  private get retryLine(): string {
    const { kind, id } = this.operation;
    const retry = kind === 'task' ? this.on.terms?.retryOf(id) : undefined;
    return retry === undefined ? '' : headerLine(HEADER.retry, JSON.stringify(retry));
  }

  /** A task is done now: whoever asks has taken it out of an outbox. */
  private bound(caller: string): Call {
    const { operation } = this;
    const { registry } = this.on;
    if (operation.kind === 'task') {
      return underTerms(operation.id, registry.performing(operation as Operation<'task'>, caller)!, this.on.terms);
    }
    return registry.bindingOf(operation.port)!.call(operation, this.edgeFrom(caller));
  }

  private edgeFrom(from: string): CallEdge {
    const { module: to, name, kind } = this.operation;
    return Object.freeze({ from, to, operation: name, kind, binding: 'remote' });
  }
}

/** The call as whoever follows the work of this process sees it: it came from another one. */
function followed(call: Call, edge: CallEdge): Call {
  return (input) => {
    if (workHook.current === undefined) return call(input);
    const { traceparent } = context.getStore()!;
    return follow(
      () => ({ kind: 'served-call', edge, traceparent }),
      (changes) => runInContext(changes, () => call(input)),
    );
  };
}
