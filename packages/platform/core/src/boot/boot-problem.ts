/** One reason why this shell must not serve. */
export interface BootProblem {
  /** Stable name, e.g. `port-not-bound`. */
  readonly id:
    | 'port-not-bound'
    | 'transport-missing'
    | 'operation-missing'
    | 'workflow-participant-undeclared'
    | 'durable-runs-missing'
    | 'durable-runs-without-tables'
    | 'heard-event-unknown'
    | 'heard-event-unreadable'
    | 'events-stay-in-database';
  /** The module that has the problem. */
  readonly module: string;
  readonly owner: string;
  /** What happened and why. */
  readonly message: string;
  readonly remedy: string;
}

/** The problems as a person reads them. */
export function describeProblems(problems: readonly BootProblem[]): string {
  return problems
    .map(({ module, owner, message, remedy }) => `  ${module} (${owner}): ${message}\n      ${remedy}`)
    .join('\n');
}
