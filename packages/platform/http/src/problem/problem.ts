import type { InputIssue } from '../request/unsafe-json.js';
import type { ProblemCause } from './problem-cause.js';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** An error as the client gets it (RFC 9457), plus the fields of a declared error, which cannot have these names. */
export interface Problem {
  /** `urn:macrolith:problem:<code>`. */
  readonly type: string;
  /** The same for every problem of this type. */
  readonly title: string;
  readonly status: number;
  /** What happened this time, for a person. */
  readonly detail: string;
  /** The path of the request. */
  readonly instance: string;
  /** Stable, for programs. */
  readonly code: string;
  /** Finds the request in logs and traces. */
  readonly traceId: string;
  readonly issues?: readonly InputIssue[];
  readonly [field: string]: unknown;
}

/** The problem document of one request. */
export function problem(cause: ProblemCause, instance: string, traceId: string): Problem {
  const { code, status, title = titleOf(code), detail, issues, fields } = cause;
  return {
    ...fields,
    type: `urn:macrolith:problem:${code}`,
    title,
    status,
    detail,
    instance,
    code,
    traceId,
    ...(issues === undefined ? {} : { issues }),
  };
}

/** `catalog.product-not-found` → `Product not found`. */
export function titleOf(code: string): string {
  const words = code.slice(code.indexOf('.') + 1).replaceAll(/[-.]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
