import { InvalidInput, type WireError } from '@macrolith/contract';
import {
  PermissionDenied,
  type RemoteAnswer,
  type TaskRetry,
  Unauthenticated,
  WorkflowCancelled,
  WorkflowPending,
} from '@macrolith/core';
import type { Msg } from '@nats-io/transport-node';
import { eachHeader, firstHeader } from '../wire/header-lines.js';
import { type FailureStatus, HEADER } from '../wire/header-names.js';
import { hasHeaders } from '../wire/message-bytes.js';
import { received } from '../wire/received.js';
import type { Refusal } from '../wire/refusal.js';
import {
  AnswerNotUnderstood,
  RemoteOverloaded,
  RemoteRefused,
  RemoteTimedOut,
  RemoteUnavailable,
} from './call-errors.js';
import { taskRetry } from './task-retry.js';

const NO_RESPONDERS = 'NATS/1.0 503';

/**
 * What an answer says.
 *
 * @throws the refusal that it carries
 * @throws RemoteUnavailable when NATS itself answers that nobody serves the operation
 * @throws AnswerNotUnderstood
 */
export function readAnswer(operation: string, message: Msg): RemoteAnswer {
  if (!hasHeaders(message)) return { output: jsonOf(operation, message.string()) };
  const answer = received(message);
  if (answer === undefined) throw new AnswerNotUnderstood(operation, 'Its headers cannot be read.');
  const { head, body = '' } = answer;
  if (head.startsWith(NO_RESPONDERS)) throw new RemoteUnavailable(operation, 'no-provider');
  const { status, retry } = readHead(head);
  switch (status as FailureStatus | undefined) {
    case undefined:
      return { output: jsonOf(operation, body) };
    case 'error':
      return { error: jsonOf(operation, body) as WireError, retry };
    case 'failed':
      return {
        failedInTrace: (jsonOf(operation, body) as { traceId?: string } | null)?.traceId,
        retry,
      };
    case 'refused':
      throw refusalOf(operation, jsonOf(operation, body) as Refusal);
    default:
      throw new AnswerNotUnderstood(operation, `It has the ${HEADER.status} '${status}'.`);
  }
}

function readHead(text: string): { status: string | undefined; retry: TaskRetry | undefined } {
  let status: string | undefined;
  let retry: TaskRetry | undefined;
  eachHeader(text, firstHeader(text), (name, value) => {
    if (name === HEADER.status) status ??= value;
    else if (name === HEADER.retry) retry ??= taskRetry(value);
  });
  return { status, retry };
}

function jsonOf(operation: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AnswerNotUnderstood(operation, 'Its body is no JSON.');
  }
}

/** The error that the refusal would have been in the same process, where there is one. */
function refusalOf(operation: string, refusal: Refusal): Error {
  const { fields = {}, issues = [] } = refusal;
  switch (refusal.code) {
    case 'overloaded':
      return new RemoteOverloaded(operation, 'provider');
    case 'deadline-passed':
      return new RemoteTimedOut(operation, undefined);
    case 'invalid-input':
      return issues.length > 0 ? new InvalidInput(operation, issues) : new RemoteRefused(operation, refusal);
    case 'unauthenticated':
      return new Unauthenticated(refusal.message);
    case 'permission-denied':
      return new PermissionDenied(operation, fields.permission ?? '');
    case 'workflow-pending':
      return new WorkflowPending(fields.workflow ?? '', fields.runId ?? '');
    case 'workflow-cancelled':
      return new WorkflowCancelled(fields.workflow ?? '', fields.runId ?? '', fields.reason ?? '');
    default:
      return new RemoteRefused(operation, refusal);
  }
}
