import type { FollowedWork, Work, WorkEnd, WorkHook } from '@macrolith/core';
import { type Attributes, SpanKind } from '@opentelemetry/api';
import type { Figures } from '../figures/figures.js';
import { OK, type Outcome } from '../outcome/outcome.js';
import type { Outcomes } from '../outcome/outcomes.js';
import type { Mishaps } from './mishaps.js';
import { contextAt, openTelemetryContext } from './platform-context.js';
import { methodOf, outcomeOfRequest } from './request-semantics.js';
import { isRecorded } from './traceparent.js';
import type { OpenSpan, SpanStart, Traces } from './traces.js';

type WorkOf<Kind extends Work['kind']> = Extract<Work, { readonly kind: Kind }>;

/** Told when the work ends: how, and after how long. */
type Recorder = (outcome: Outcome, seconds: number, how: WorkEnd) => void;

const UNCHANGED: FollowedWork['context'] = Object.freeze({});

/** Follows what comes into the process, and transactions: the spans that calls of ports are inside of. */
export class FollowedWorks {
  constructor(
    private readonly figures: Figures,
    private readonly outcomes: Outcomes,
    private readonly traces: Traces | undefined,
    private readonly mishaps: Mishaps,
  ) {}

  readonly hook: WorkHook = (work) => this.mishaps.attempt(() => this.follow(work));

  private follow(work: Work): FollowedWork | undefined {
    switch (work.kind) {
      case 'request':
        return this.request(work);
      case 'served-call':
        return this.servedCall(work);
      case 'refused-call':
        this.figures.refused.series({ operation: work.operation ?? '', code: work.code }).add();
        return undefined;
      case 'message':
        return this.message(work);
      case 'kept-message':
        this.figures.kept.series({ outlet: work.outlet, type: work.type, reason: work.reason }).add();
        return undefined;
      case 'transaction':
        return this.transaction(work);
    }
  }

  private request({ method: given, route, traceparent }: WorkOf<'request'>): FollowedWork {
    const method = methodOf(given);
    const span = this.arrived(traceparent, {
      name: route === undefined ? method : `${method} ${route}`,
      kind: SpanKind.SERVER,
      attributes: { 'http.request.method': method, ...(route !== undefined && { 'http.route': route }) },
    });
    return this.followed(span, outcomeOfRequest, (outcome, seconds, { status = 0 }) => {
      const errorType = outcome.is === 'ok' ? undefined : outcome.type;
      this.figures.requests.record(method, route, status, errorType, seconds);
    });
  }

  private servedCall({ edge, traceparent }: WorkOf<'served-call'>): FollowedWork {
    const span = this.arrived(traceparent, {
      name: `${edge.to}.${edge.operation}`,
      kind: SpanKind.SERVER,
      attributes: { ...edge },
    });
    return this.followed(
      span,
      ({ error }) => (error === undefined ? OK : this.outcomes.ofCall(edge, error)),
      // Kept nowhere: who calls is what another process says of itself, and figures have room for so many.
      (outcome, seconds) => this.figures.served.of(edge).record(seconds, outcome),
    );
  }

  private message(work: WorkOf<'message'>): FollowedWork {
    const { message, consumer, type, messageId, attempt, traceparent } = work;
    const span = this.arrived(traceparent, {
      name: consumer,
      kind: SpanKind.CONSUMER,
      attributes: { message, consumer, type, 'messaging.message.id': messageId, attempt },
    });
    this.figures.messages.begun(work, Date.now());
    return this.followed(
      span,
      ({ error }) => (error === undefined ? OK : this.outcomes.ofWork(error)),
      (outcome, seconds) => this.figures.messages.ended(work, seconds, outcome),
    );
  }

  /** A part of a call that is recorded. One that nobody called, as some of the platform's are, begins no trace. */
  private transaction({ traceparent }: WorkOf<'transaction'>): FollowedWork | undefined {
    if (this.traces === undefined || traceparent === undefined || !isRecorded(traceparent)) return undefined;
    const start = { name: 'transaction', kind: SpanKind.INTERNAL, attributes: {} };
    const span = this.traces.begin(start, openTelemetryContext());
    const { context } = span;
    // Whoever rolled it back meant to, or tells of the error in a span of their own.
    const end = ({ error }: WorkEnd) => {
      this.mishaps.attempt(() => span.endAs(error === undefined ? 'committed' : 'rolled-back'));
    };
    return { context, end };
  }

  private arrived(traceparent: string | undefined, start: SpanStart): OpenSpan | undefined {
    return this.traces?.begin(start, contextAt(traceparent));
  }

  private followed(span: OpenSpan | undefined, outcomeOf: (how: WorkEnd) => Outcome, record: Recorder): FollowedWork {
    const startedAt = performance.now();
    return {
      context: span?.context ?? UNCHANGED,
      end: (how) => {
        this.mishaps.attempt(() => {
          const outcome = outcomeOf(how);
          span?.end(outcome, how.error, furtherOf(how));
          record(outcome, (performance.now() - startedAt) / 1_000, how);
        });
      },
    };
  }
}

function furtherOf({ status }: WorkEnd): Attributes {
  return status === undefined ? {} : { 'http.response.status_code': status };
}
