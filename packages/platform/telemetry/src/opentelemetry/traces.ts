import type { FollowedWork } from '@macrolith/core';
import {
  type Attributes,
  type Context,
  type Span,
  type SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { Failure, Outcome } from '../outcome/outcome.js';
import { carrying } from './platform-context.js';

/** What a span says of its work from the beginning. */
export interface SpanStart {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: Attributes;
}

/** Makes spans. They carry names and codes, never values: no input, no answer, no message of an error. */
export class Traces {
  constructor(private readonly tracer: Tracer) {}

  /** Begins a span inside `parent`, or a trace where that is empty; whether it is recorded is for the sampler to say. */
  begin({ name, kind, attributes }: SpanStart, parent: Context): OpenSpan {
    const span = this.tracer.startSpan(name, { kind, attributes }, parent);
    return new OpenSpan(span, carrying(trace.setSpan(parent, span)));
  }
}

/** A piece of work that is being traced. */
export class OpenSpan {
  constructor(
    private readonly span: Span,
    /** What the work's context gets. */
    readonly context: FollowedWork['context'],
  ) {}

  end(outcome: Outcome, error?: unknown, further: Attributes = {}): void {
    // A declared error is an answer: the operation worked.
    if (outcome.is === 'refused' || outcome.is === 'undeclared') this.span.setStatus({ code: SpanStatusCode.ERROR });
    const type = outcome.is === 'ok' ? {} : { 'error.type': errorTypeOf(outcome, error) };
    this.endAs(outcome.is, { ...further, ...type });
  }

  /** Ends what cannot fail by itself. */
  endAs(outcome: string, further: Attributes = {}): void {
    this.span.setAttributes({ outcome, ...further });
    this.span.end();
  }
}

/** A class tells more than the constant that figures get. */
function errorTypeOf({ is, type }: Failure, error: unknown): string {
  return is === 'undeclared' && error !== undefined ? classOf(error) : type;
}

function classOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
