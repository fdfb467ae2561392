import { InvalidInput } from '@macrolith/contract';
import { PermissionDenied, PlatformError, WorkflowCancelled, WorkflowPending } from '@macrolith/core';
import { isRefusalOfTheCall, type Refusal } from '../wire/refusal.js';
import { CallRefused } from './call-refused.js';

const PREFIX = 'macrolith.';

/** What the caller may learn of an error that no contract declares: the platform's own words about this very call. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof CallRefused) return error.refusal;
  if (!(error instanceof PlatformError)) return undefined;
  const code = error.code.slice(PREFIX.length);
  if (!isRefusalOfTheCall(code)) return undefined;
  return { code, message: error.message, ...fieldsOf(error) };
}

/** A body that the operation's input refuses. `note` is for whoever looks for the reason. */
export function invalidInput(error: unknown, note: string): CallRefused {
  if (!(error instanceof InvalidInput)) return new CallRefused('invalid-input', 'The body is no JSON in UTF-8.');
  return new CallRefused('invalid-input', error.message + note, { issues: error.issues });
}

function fieldsOf(error: PlatformError): Pick<Refusal, 'fields'> {
  if (error instanceof PermissionDenied) return { fields: { permission: error.permission } };
  if (error instanceof WorkflowPending) return { fields: { workflow: error.workflow, runId: error.runId } };
  if (error instanceof WorkflowCancelled) {
    return { fields: { workflow: error.workflow, runId: error.runId, reason: error.reason } };
  }
  return {};
}
