import type { InputIssue } from '../request/unsafe-json.js';

/** An error as the rim sees it, before the request's own members make it a problem document. */
export interface ProblemCause {
  readonly status: number;
  readonly code: string;
  /** The same for every problem of this code. Default: the words of the code. */
  readonly title?: string;
  /** For the client: never anything about the inside. */
  readonly detail: string;
  /** Fields of a declared error, in wire form. */
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly issues?: readonly InputIssue[];
  /** Headers of the answer. */
  readonly headers?: Readonly<Record<string, string>>;
}
