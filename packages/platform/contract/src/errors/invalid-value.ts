import { type Issue, issueList } from '../wire/issue.js';
import { ERROR_BRAND, hasCodeOf } from './error-brand.js';

/** A value that does not fit its schema. Its message and issues name places and expectations, never the value. */
export abstract class InvalidValue extends Error {
  abstract readonly code: string;
  /** What was read or written: an operation's or an event's id, or an error's code. */
  readonly subject: string;
  /** At least one, at most 20. */
  readonly issues: readonly Issue[];

  constructor(role: string, subject: string, issues: readonly Issue[]) {
    super(`${role} ${subject} is not valid: ${issueList(issues)}`);
    this.subject = subject;
    this.issues = issues;
    Object.defineProperty(this, 'name', { value: new.target.name, configurable: true, writable: true });
  }

  get [ERROR_BRAND](): 'invalid-value' {
    return 'invalid-value';
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && (value as { [ERROR_BRAND]?: unknown })[ERROR_BRAND] === 'invalid-value';
  }
}

/** The caller's fault: the argument does not fit the operation's input. */
export class InvalidInput extends InvalidValue {
  static readonly code = 'invalid-input';
  static override readonly [Symbol.hasInstance] = hasCodeOf;
  readonly code = InvalidInput.code;
  constructor(operation: string, issues: readonly Issue[]) {
    super('Input of', operation, issues);
  }
}

/** The provider's fault: the answer does not fit the operation's output. */
export class InvalidOutput extends InvalidValue {
  static readonly code = 'invalid-output';
  static override readonly [Symbol.hasInstance] = hasCodeOf;
  readonly code = InvalidOutput.code;
  constructor(operation: string, issues: readonly Issue[]) {
    super('Output of', operation, issues);
  }
}

/** The publisher's fault: the data does not fit the event. */
export class InvalidEvent extends InvalidValue {
  static readonly code = 'invalid-event';
  static override readonly [Symbol.hasInstance] = hasCodeOf;
  readonly code = InvalidEvent.code;
  constructor(event: string, issues: readonly Issue[]) {
    super('Data of event', event, issues);
  }
}

/** The provider's fault: the fields of a declared error do not fit its declaration. */
export class InvalidErrorFields extends InvalidValue {
  static readonly code = 'invalid-error-fields';
  static override readonly [Symbol.hasInstance] = hasCodeOf;
  readonly code = InvalidErrorFields.code;
  constructor(errorCode: string, issues: readonly Issue[]) {
    super('Fields of error', errorCode, issues);
  }
}
