import type { WireError } from '@macrolith/contract';
import { headerLine } from '../wire/header-lines.js';
import { type FailureStatus, HEADER } from '../wire/header-names.js';
import { REFUSALS, type Refusal } from '../wire/refusal.js';

/** An answer as it is published. */
export interface Answer {
  /** Nothing of an answer that is a result, and neither are headers. */
  readonly status?: FailureStatus;
  /** Header lines. */
  readonly lines?: string;
  /** JSON. */
  readonly body: string;
  /** What the statistics of the service API show. Nothing of an answer that is a result. */
  readonly error?: string;
}

export function ok(output: unknown): Answer {
  return { body: JSON.stringify(output) };
}

/** @param further header lines */
export function declared(error: WireError, further = ''): Answer {
  return {
    status: 'error',
    lines: failing('error', error.code, 422, further),
    body: JSON.stringify(error),
    error: error.code,
  };
}

/** @param further header lines */
export function failed(traceId: string | undefined, further = ''): Answer {
  return {
    status: 'failed',
    lines: failing('failed', 'unexpected', 500, further),
    body: JSON.stringify({ traceId }),
    error: 'unexpected',
  };
}

export function refused(refusal: Refusal): Answer {
  const { code } = refusal;
  return {
    status: 'refused',
    lines: failing('refused', code, REFUSALS[code]),
    body: JSON.stringify(refusal),
    error: code,
  };
}

function failing(status: FailureStatus, code: string, number: number, further = ''): string {
  return (
    headerLine(HEADER.status, status) +
    headerLine(HEADER.serviceError, code) +
    headerLine(HEADER.serviceErrorCode, String(number)) +
    further
  );
}
