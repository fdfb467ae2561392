import type { ErrorClass } from './errors/declared-error.js';
import type { DomainError } from './errors/domain-error.js';
import { brandedCode } from './errors/error-brand.js';
import { InvalidErrorFields } from './errors/invalid-value.js';
import type { Operation } from './operation.js';
import { decoded, encoded } from './wire/wire-codec.js';
import type { WireValue } from './wire/wire-value.js';

/** A declared error as plain JSON data. */
export interface WireError {
  code: string;
  message: string;
  fields: WireValue;
}

/**
 * A declared error as plain JSON data, or `undefined` for an error that the operation does not declare.
 *
 * @throws InvalidErrorFields when the fields do not fit the declaration
 */
export function encodeError(operation: Operation, error: unknown): WireError | undefined {
  const declared = declaredError(operation, brandedCode(error));
  if (declared === undefined) return undefined;
  const fields = encoded(declared.fields, error, (issues) => new InvalidErrorFields(declared.code, issues));
  return { code: declared.code, message: (error as Error).message, fields };
}

/**
 * A declared error from plain JSON data, or `undefined` when the operation does not declare its code.
 *
 * @throws InvalidErrorFields when the fields do not fit the declaration
 */
export function decodeError(operation: Operation, wire: { code: string; fields?: unknown }): DomainError | undefined {
  const declared = declaredError(operation, wire.code);
  if (declared === undefined) return undefined;
  return new declared(decoded(declared.fields, wire.fields, (issues) => new InvalidErrorFields(declared.code, issues)));
}

function declaredError(operation: Operation, code: string | undefined): ErrorClass | undefined {
  if (code === undefined) return undefined;
  return operation.errors.find((declared) => declared.code === code);
}
