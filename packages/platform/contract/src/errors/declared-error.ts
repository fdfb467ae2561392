import { z } from 'zod';
import { refuseUnwirable } from '../wire/wire-refusal.js';
import { DomainError, type ErrorKind } from './domain-error.js';
import { hasCodeOf } from './error-brand.js';

/** The class of a declared error. */
export interface ErrorClass<Code extends string = string, Fields extends object = any> {
  new (fields: Fields): DomainError & Readonly<Fields> & { readonly code: Code; readonly kind: ErrorKind };
  readonly code: Code;
  readonly kind: ErrorKind;
  /** Schema of the fields. */
  readonly fields: z.ZodType<Fields>;
}

type FieldsOf<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>;

const CODE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*(\.[a-z][a-z0-9]*(-[a-z0-9]+)*)+$/;
const OWN_FIELDS = ['name', 'message', 'stack', 'cause', 'code', 'kind'];
/** Members of a problem document (RFC 9457, section 3.1) and what the platform adds to it: fields stand beside them. */
const PROBLEM_MEMBERS = ['type', 'title', 'status', 'detail', 'instance', 'traceId', 'issues'];

/**
 * Declares an error that callers may catch:
 * ```ts
 * class OutOfStock extends defineError('inventory.out-of-stock',
 *   { productId: z.string(), available: z.int() },
 *   (error) => `Only ${error.available} of ${error.productId} are left.`) {}
 * ```
 * `instanceof` compares the code, so that it also holds when two copies of the package are loaded.
 *
 * @param code stable and unique in the system: module and name, in kebab-case
 * @param shape schemas of the fields, which become properties of the error
 * @param message tells the person who asked what happened and what to do, from the fields alone
 * @throws TypeError when the code or a field cannot be used; the message says why
 */
export function defineError<const Code extends string, Shape extends z.ZodRawShape>(
  code: Code,
  shape: Shape,
  message: (fields: FieldsOf<Shape>) => string,
  { kind = 'rejected' }: { kind?: ErrorKind } = {},
): ErrorClass<Code, FieldsOf<Shape>> {
  const fields = z.object(shape);
  refuseUnusable(code, fields);

  class Declared extends DomainError {
    static readonly code = code;
    static readonly kind = kind;
    static readonly fields = fields;
    readonly code = code;
    readonly kind = kind;

    constructor(values: FieldsOf<Shape>) {
      super(message(values));
      Object.assign(this, values);
      Object.defineProperty(this, 'name', { value: new.target.name, configurable: true, writable: true });
    }

    static override readonly [Symbol.hasInstance] = hasCodeOf;
  }
  return Declared as unknown as ErrorClass<Code, FieldsOf<Shape>>;
}

function refuseUnusable(code: string, fields: z.ZodObject): void {
  if (!CODE.test(code)) {
    throw new TypeError(
      `'${code}' is no error code: write module and name in kebab-case, as in inventory.out-of-stock.`,
    );
  }
  for (const name of Object.keys(fields.shape)) {
    if (OWN_FIELDS.includes(name)) {
      throw new TypeError(
        `Error ${code} cannot have a field '${name}', which every error has already: choose another name.`,
      );
    }
    if (PROBLEM_MEMBERS.includes(name)) {
      throw new TypeError(
        `Error ${code} cannot have a field '${name}', which its problem document needs for itself: choose another name.`,
      );
    }
  }
  refuseUnwirable(fields, `Error ${code}`);
}
