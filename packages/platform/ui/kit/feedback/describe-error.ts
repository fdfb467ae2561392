import { ApiProblem } from '../api/api-problem.js';

export interface ErrorDescription {
  readonly heading: string;
  readonly detail: string;
  /** What to tell an operator. */
  readonly reference: string | undefined;
}

/** Any thrown value in words for the reader. */
export function describeError(error: unknown): ErrorDescription {
  if (error instanceof ApiProblem) {
    return {
      heading: error.title,
      detail: error.detail,
      reference: error.traceId === undefined ? undefined : `Trace ${error.traceId}`,
    };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return { heading: 'This did not work', detail, reference: undefined };
}
