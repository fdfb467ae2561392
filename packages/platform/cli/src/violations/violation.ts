/** One crossing of a boundary, told so that the person who caused it can act on it. Immutable. */
export interface Violation {
  /** The rule's id, e.g. `only-apps-bind`. */
  readonly rule: string;
  /** Relative to the workspace's root, with forward slashes. */
  readonly file: string;
  /** Begins with 1. */
  readonly line: number;
  /** Begins with 1. */
  readonly column: number;
  /** The team that answers for the file. */
  readonly owner: string;
  /** What was reached for, e.g. `@macrolith/inventory/local`: with rule and file, the violation's lasting identity. */
  readonly subject: string;
  /** Who did what to whom. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Where the rule is explained. */
  readonly link: string;
}

/** By place, so that reports are the same on every machine. */
export function sortViolations(violations: readonly Violation[]): Violation[] {
  return violations.toSorted(
    (a, b) =>
      compare(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      compare(a.rule, b.rule) ||
      compare(a.subject, b.subject),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
