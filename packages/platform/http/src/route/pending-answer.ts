import type { WorkflowPending } from '@macrolith/core';
import type { FastifyReply } from 'fastify';

/** What a client gets for a wish that has been taken on and is not fulfilled yet. */
export interface PendingAnswer {
  readonly status: 'pending';
  readonly workflow: string;
  /** Names the run, for the operators' console. */
  readonly runId: string;
  /** Where to look, for a person. */
  readonly detail: string;
}

/** When to ask again, in seconds. */
const RETRY_AFTER_S = '2';

/** Accepted (RFC 9110, section 15.3.3): it will be done, and the same request under the same key tells how it ended. */
export function answerPending({ workflow, runId }: WorkflowPending, reply: FastifyReply): string {
  const answer: PendingAnswer = {
    status: 'pending',
    workflow,
    runId,
    detail: 'It is under way. Send the same request with the same Idempotency-Key again to learn how it ended.',
  };
  void reply
    .status(202)
    .headers({ 'cache-control': 'no-store', 'retry-after': RETRY_AFTER_S })
    .type('application/json; charset=utf-8');
  return JSON.stringify(answer);
}
