import type { ProblemCause } from './problem-cause.js';

const MAX_CAUSES = 8;

/**
 * What a database's trouble of the moment means to the client, by the data layer's code or by SQLSTATE and its class
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const TRANSIENT: readonly { readonly state: RegExp; readonly problem: ProblemCause }[] = [
  {
    state: /^(40001|40P01|55P03)$/,
    problem: {
      status: 503,
      code: 'macrolith.contention',
      detail: 'Others changed the same data at the same time, and nothing of this request was kept. Send it again.',
      headers: { 'retry-after': '1' },
    },
  },
  {
    state: /^57014$/,
    problem: {
      status: 504,
      code: 'macrolith.deadline-exceeded',
      detail: 'The database took longer than this request may take, and nothing of it was kept.',
    },
  },
  {
    state: /^macrolith\.call-cancelled$/,
    problem: {
      // What nginx logs where the client has closed the request: nobody reads it.
      status: 499,
      code: 'macrolith.call-cancelled',
      detail: 'Nobody waited for the answer any longer.',
    },
  },
  {
    state: /^(08...|53...|57P0[1-5]|macrolith\.(database-unreachable|connection-lost|no-connection-available))$/,
    problem: {
      status: 503,
      code: 'macrolith.unavailable',
      detail: 'The database cannot be reached or takes no more work at the moment. Try again shortly.',
      headers: { 'retry-after': '5' },
    },
  },
];

/** A failure that will pass, found anywhere in the error's chain of causes; `undefined` for one that will not. */
export function transientProblem(error: unknown): ProblemCause | undefined {
  for (const code of codesOf(error)) {
    const known = TRANSIENT.find(({ state }) => state.test(code));
    if (known !== undefined) return known.problem;
  }
  return undefined;
}

function* codesOf(error: unknown): Generator<string> {
  let next = error;
  for (let count = 0; count < MAX_CAUSES && next instanceof Error; count += 1) {
    const { code, driverError } = next as { code?: unknown; driverError?: { code?: unknown } };
    if (typeof code === 'string') yield code;
    if (typeof driverError?.code === 'string') yield driverError.code;
    next = next.cause;
  }
}
