/**
 * Base of the errors that the platform itself raises, as against those that a contract declares.
 * `code` is stable and starts with `macrolith.`; the message says what happened, why, and what to do.
 */
export abstract class PlatformError extends Error {
  abstract readonly code: `macrolith.${string}`;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }

  /** When to ask again, in milliseconds, of what was certainly not begun and may come out well then. */
  get askAgainInMs(): number | undefined {
    return undefined;
  }
}
