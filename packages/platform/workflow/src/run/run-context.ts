import { type CallContext, currentContext } from '@macrolith/core';

/** On whose behalf a run acts: what travels with each of its calls, whichever process makes them. */
export type RunContext = Pick<
  CallContext,
  'principal' | 'tenant' | 'locale' | 'traceparent' | 'tracestate' | 'correlationId'
>;

/** The running call's, as a run keeps it. What a run does belongs to one story: its caller's, or its own. */
export function contextOfRun(runId: string): RunContext {
  const { principal, tenant, locale, traceparent, tracestate, correlationId = runId } = currentContext();
  return {
    correlationId,
    ...(principal !== undefined && { principal }),
    ...(tenant !== undefined && { tenant }),
    ...(locale !== undefined && { locale }),
    ...(traceparent !== undefined && { traceparent }),
    ...(tracestate !== undefined && { tracestate }),
  };
}
