import { type CallContext, type CallEdge, type CallHook, context } from '@macrolith/core';
import { SpanKind } from '@opentelemetry/api';
import type { CallFigures, EdgeFigures } from '../figures/call-figures.js';
import { OK } from '../outcome/outcome.js';
import type { Outcomes } from '../outcome/outcomes.js';
import type { Mishaps } from './mishaps.js';
import { openTelemetryContext } from './platform-context.js';
import { isRecorded } from './traceparent.js';
import type { OpenSpan, SpanStart, Traces } from './traces.js';

/** Bindings under which the provider answers in the caller's process. */
const IN_PROCESS: readonly string[] = ['local', 'loopback'];

/** What is known of an edge before it is called. */
interface KnownEdge {
  readonly start: SpanStart;
  readonly figures: EdgeFigures;
}

/** Follows every call of every port: a span where its trace is recorded, and figures always. */
export class FollowedCalls {
  private readonly known = new WeakMap<CallEdge, KnownEdge>();

  constructor(
    private readonly figures: CallFigures,
    private readonly outcomes: Outcomes,
    private readonly traces: Traces | undefined,
    private readonly mishaps: Mishaps,
  ) {}

  readonly hook: CallHook = async (edge, next) => {
    const running = context.getStore();
    const span = this.mishaps.attempt(() => this.begin(edge, running));
    const startedAt = performance.now();
    let answer: Awaited<ReturnType<typeof next>>;
    try {
      answer = await (span === undefined ? next() : context.run({ ...running, ...span.context }, next));
    } catch (error) {
      this.mishaps.attempt(() => this.fail(edge, span, startedAt, error));
      throw error;
    }
    this.mishaps.attempt(() => {
      span?.end(OK);
      this.know(edge).figures.record(secondsSince(startedAt), OK);
    });
    return answer;
  };

  private begin(edge: CallEdge, running: CallContext | undefined): OpenSpan | undefined {
    if (this.traces === undefined) return undefined;
    const traceparent = running?.traceparent;
    if (traceparent !== undefined && !isRecorded(traceparent)) return undefined;
    return this.traces.begin(this.know(edge).start, openTelemetryContext(running));
  }

  private fail(edge: CallEdge, span: OpenSpan | undefined, startedAt: number, error: unknown): void {
    const outcome = this.outcomes.ofCall(edge, error);
    span?.end(outcome, error);
    this.know(edge).figures.record(secondsSince(startedAt), outcome);
  }

  private know(edge: CallEdge): KnownEdge {
    let known = this.known.get(edge);
    if (known === undefined) {
      known = { start: startOf(edge), figures: this.figures.of(edge) };
      this.known.set(edge, known);
    }
    return known;
  }
}

function startOf(edge: CallEdge): SpanStart {
  return { name: `${edge.to}.${edge.operation}`, kind: kindOf(edge), attributes: { ...edge } };
}

function kindOf({ kind, binding }: CallEdge): SpanKind {
  if (kind === 'task') return SpanKind.PRODUCER;
  return IN_PROCESS.includes(binding) ? SpanKind.INTERNAL : SpanKind.CLIENT;
}

function secondsSince(startedAt: number): number {
  return (performance.now() - startedAt) / 1_000;
}
