import type { WireError } from '@macrolith/contract';
import type { MsgHdrs } from '@nats-io/transport-node';
import { headerBlock, headerLine } from '../wire/header-block.js';
import { type FailureStatus, HEADER } from '../wire/header-names.js';
import { jsonBytes } from '../wire/json-bytes.js';
import { REFUSALS, type Refusal } from '../wire/refusal.js';

/** An answer as it is published. */
export interface Answer {
  /** Nothing of an answer that is a result, and neither are headers. */
  readonly status?: FailureStatus;
  readonly headers?: MsgHdrs;
  readonly body: Uint8Array;
  /** What the statistics of the service API show. Nothing of an answer that is a result. */
  readonly error?: string;
}

export function ok(output: unknown): Answer {
  return { body: jsonBytes(output) };
}

/** @param further header lines */
export function declared(error: WireError, further = ''): Answer {
  return {
    status: 'error',
    headers: failing('error', error.code, 422, further),
    body: jsonBytes(error),
    error: error.code,
  };
}

/** @param further header lines */
export function failed(traceId: string | undefined, further = ''): Answer {
  return {
    status: 'failed',
    headers: failing('failed', 'unexpected', 500, further),
    body: jsonBytes({ traceId }),
    error: 'unexpected',
  };
}

export function refused(refusal: Refusal): Answer {
  const { code } = refusal;
  return {
    status: 'refused',
    headers: failing('refused', code, REFUSALS[code]),
    body: jsonBytes(refusal),
    error: code,
  };
}

function failing(status: FailureStatus, code: string, number: number, further = ''): MsgHdrs {
  return headerBlock(
    headerLine(HEADER.status, status) +
      headerLine(HEADER.serviceError, code) +
      headerLine(HEADER.serviceErrorCode, String(number)) +
      further,
  );
}
