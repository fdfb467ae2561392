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
import { HEADER, type Status } from '../wire/header-names.js';
import { isPlainlyOk } from '../wire/ok-headers.js';
import { readHeaders } from '../wire/read-headers.js';
import type { Refusal } from '../wire/refusal.js';
import { AnswerNotUnderstood, RemoteOverloaded, RemoteRefused, RemoteTimedOut } from './call-errors.js';

/**
 * What an answer says.
 *
 * @throws the refusal that it carries
 * @throws AnswerNotUnderstood
 */
export function readAnswer(operation: string, message: Msg): RemoteAnswer {
  if (isPlainlyOk(message)) return { output: bodyOf(operation, message) };
  const status = readHeaders(message)?.values.get(HEADER.status) as Status | undefined;
  switch (status) {
    case 'ok':
      return { output: bodyOf(operation, message) };
    case 'error':
      return { error: bodyOf(operation, message) as WireError, retry: retryOf(operation, message) };
    case 'failed':
      return {
        failedInTrace: (bodyOf(operation, message) as { traceId?: string } | null)?.traceId,
        retry: retryOf(operation, message),
      };
    case 'refused':
      throw refusalOf(operation, bodyOf(operation, message) as Refusal);
    default:
      throw new AnswerNotUnderstood(operation, `It has the ${HEADER.status} '${status ?? ''}'.`);
  }
}

function retryOf(operation: string, message: Msg): TaskRetry | undefined {
  const text = message.headers?.get(HEADER.retry) ?? '';
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as TaskRetry;
  } catch {
    throw new AnswerNotUnderstood(operation, `Its ${HEADER.retry} is no JSON.`);
  }
}

function bodyOf(operation: string, message: Msg): unknown {
  try {
    return message.json();
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
      return new RemoteTimedOut(operation, 0);
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
