import { ERROR_BRAND } from './error-brand.js';

/**
 * What a caller can do about an error. HTTP answers with 404, 409, 400, 403 and 422 in this order.
 * - `not-found`: the thing that was named does not exist.
 * - `conflict`: its present state does not allow it; another state may.
 * - `invalid`: the request can never succeed as it is.
 * - `denied`: this principal may not do it.
 * - `rejected`: a rule of the domain says no.
 */
export type ErrorKind = 'not-found' | 'conflict' | 'invalid' | 'denied' | 'rejected';

/**
 * An error that a contract declares. It arrives as the same class with the same fields over every binding.
 * Its message is made from its declared fields only, so it is safe to show to the person who asked.
 */
export abstract class DomainError extends Error {
  abstract readonly code: string;
  abstract readonly kind: ErrorKind;

  get [ERROR_BRAND](): 'domain' {
    return 'domain';
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && (value as { [ERROR_BRAND]?: unknown })[ERROR_BRAND] === 'domain';
  }
}
