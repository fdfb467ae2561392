/** One field of the request that was refused. */
export interface ApiIssue {
  /** The field's path in the request, e.g. `lines.0.quantity`. Empty: the request as a whole. */
  readonly path: string;
  readonly message: string;
}

const STANDARD_MEMBERS = new Set(['type', 'title', 'status', 'detail', 'instance', 'code', 'traceId', 'issues']);

/** What the server answered instead of a result: problem details of RFC 9457. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  /** The HTTP status; 0 when no answer came. */
  readonly status: number;
  /** The declared error's code, e.g. `inventory.out-of-stock`; `network` when no answer came. */
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  /** The declared error's own fields, as they came over the wire. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly issues: readonly ApiIssue[];
  /** For the operator's logs. */
  readonly traceId: string | undefined;

  constructor(status: number, problem: Readonly<Record<string, unknown>>) {
    const title = text(problem.title) ?? `The server answered with status ${status}.`;
    const detail = text(problem.detail) ?? '';
    super(detail === '' ? title : detail);
    this.status = status;
    this.code = text(problem.code) ?? `http-${status}`;
    this.title = title;
    this.detail = detail;
    this.traceId = text(problem.traceId);
    this.issues = Array.isArray(problem.issues) ? problem.issues.flatMap(readIssue) : [];
    this.fields = Object.fromEntries(Object.entries(problem).filter(([name]) => !STANDARD_MEMBERS.has(name)));
  }

  /** True for a declared error: `problem.is('catalog.product-not-found')`. */
  is(code: string): boolean {
    return this.code === code;
  }

  /** The request did not reach the server, or no answer came back: it may or may not have been carried out. */
  static unreachable(cause: unknown): ApiProblem {
    const problem = new ApiProblem(0, {
      code: 'network',
      title: 'The server cannot be reached',
      detail: 'Check the connection, then try again.',
    });
    problem.cause = cause;
    return problem;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The server names places by JSON Pointer (RFC 6901), forms name their fields by dots: `/lines/0/quantity`, `lines.0.quantity`. */
function readIssue(value: unknown): ApiIssue[] {
  const { pointer, message } = (value ?? {}) as { readonly pointer?: unknown; readonly message?: unknown };
  if (typeof pointer !== 'string' || typeof message !== 'string') return [];
  const segments = pointer.split('/').slice(1);
  const path = segments.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~')).join('.');
  return [{ path, message }];
}
