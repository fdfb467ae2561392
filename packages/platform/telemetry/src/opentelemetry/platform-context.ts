import { type CallContext, context, type FollowedWork, runInContext } from '@macrolith/core';
import { type Context, type ContextManager, isSpanContextValid, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { placeOf, traceparentOf } from './traceparent.js';

/** OpenTelemetry's own context, where it travels in the platform's. Copied along by whoever makes a context of another. */
const OWN = Symbol('macrolith.opentelemetry');

type Carrier = CallContext & { readonly [OWN]?: Context };

/**
 * OpenTelemetry's context as the platform's has it: what was put there, or else the place in the trace that it names.
 * `traceparent` decides, since the platform may continue another trace inside of what OpenTelemetry knows.
 */
export function openTelemetryContext(carrier: Carrier | undefined = context.getStore()): Context {
  const own = carrier?.[OWN];
  const traceparent = carrier?.traceparent;
  if (own === undefined) return contextAt(traceparent);
  const known = trace.getSpanContext(own);
  const isAtSamePlace = known === undefined ? traceparent === undefined : traceparent === traceparentOf(known);
  return isAtSamePlace ? own : contextAt(traceparent);
}

/** The context of whoever continues from a `traceparent`; an empty one where there is none or it names no place. */
export function contextAt(traceparent: string | undefined): Context {
  const place = placeOf(traceparent);
  return place === undefined || !isSpanContextValid(place) ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, place);
}

/** What the platform's context has to be changed by, so that `own` is OpenTelemetry's in it. */
export function carrying(own: Context): FollowedWork['context'] {
  const place = trace.getSpanContext(own);
  const carrier: Carrier = place === undefined ? { [OWN]: own } : { traceparent: traceparentOf(place), [OWN]: own };
  return carrier;
}

/**
 * OpenTelemetry's context manager on the platform's AsyncLocalStorage. A second one would make every `run` of both dearer,
 * and there would be two answers to where in the trace a call is.
 */
export class PlatformContextManager implements ContextManager {
  active(): Context {
    return openTelemetryContext();
  }

  with<Args extends unknown[], F extends (...args: Args) => ReturnType<F>>(
    own: Context,
    work: F,
    thisArg?: ThisParameterType<F>,
    ...args: Args
  ): ReturnType<F> {
    return runInContext({ traceparent: undefined, ...carrying(own) }, () => work.call(thisArg as never, ...args));
  }

  bind<T>(own: Context, target: T): T {
    if (typeof target !== 'function') return target;
    const manager = this;
    const bound = function (this: unknown, ...args: unknown[]): unknown {
      return manager.with(own, () => target.apply(this, args));
    };
    return bound as T;
  }

  enable(): this {
    return this;
  }

  disable(): this {
    return this;
  }
}
