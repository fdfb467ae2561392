import type { InvalidInput } from '@macrolith/contract';
import type { InputIssue } from '../request/unsafe-json.js';
import { RequestRefused } from './request-refused.js';

/** The request could be read, and its values do not fit the operation's contract. */
export class InvalidRequest extends RequestRefused {
  constructor(readonly issues: readonly InputIssue[]) {
    super(400, 'macrolith.invalid-input', summary(issues));
  }

  static from({ issues }: InvalidInput): InvalidRequest {
    return new InvalidRequest(issues.map(({ path, message }) => ({ pointer: path, message })));
  }
}

function summary(issues: readonly InputIssue[]): string {
  const [first] = issues;
  if (first === undefined) return 'The input does not fit the operation.';
  const place = first.pointer === '' ? 'The input' : first.pointer;
  const more = issues.length === 1 ? '' : ` (and ${issues.length - 1} more)`;
  return `${place}: ${first.message}${more}`;
}
