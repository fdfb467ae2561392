import type { z } from 'zod';

/** Types that JSON would change or drop. */
type Unwirable =
  | Date
  | bigint
  | symbol
  | ReadonlyMap<any, any>
  | ReadonlySet<any>
  | PromiseLike<any>
  | ArrayBufferView
  | ((...input: any[]) => any);

/** How deep the type checker looks. What lies deeper is found when the contract is defined. */
type Shallower = [never, 0, 1, 2, 3, 4, 5, 6, 7];
type Deepest = 8;

/**
 * `true` when something inside T does not survive JSON, else `never`. It knows no path, so that the type checker
 * can keep its answer for each type: the path costs only where there is a fault.
 */
type Faulty<T, Depth extends number> = [Depth] extends [never]
  ? never
  : unknown extends T
    ? true
    : T extends string | number | boolean | null | undefined
      ? never
      : T extends Unwirable
        ? true
        : T extends readonly (infer Item)[]
          ? undefined extends Item
            ? true
            : Faulty<Item, Below<Depth>>
          : T extends object
            ? { [Key in keyof T]-?: Faulty<T[Key], Below<Depth>> }[keyof T]
            : never;

/** The faults inside T as sentences, each with its path. */
type Fault<T, Path extends string, Depth extends number> = [Depth] extends [never]
  ? never
  : unknown extends T
    ? `${At<Path>} is any or unknown: say what crosses the wire (a schema annotated as z.ZodType<T> has to be z.ZodType<T, Wire>)`
    : T extends string | number | boolean | null | undefined
      ? never
      : T extends Unwirable
        ? `${At<Path>} does not survive JSON: use instant(), integer(), binary(), mapOf(), setOf() or z.codec()`
        : T extends readonly (infer Item)[]
          ? undefined extends Item
            ? `${Path}/* may be undefined, which JSON turns into null: use .nullable()`
            : Fault<Item, `${Path}/*`, Below<Depth>>
          : T extends object
            ? { [Key in keyof T & string]-?: Fault<T[Key], `${Path}/${Key}`, Below<Depth>> }[keyof T & string]
            : never;

type Below<Depth extends number> = Shallower[Depth] extends infer Less extends number ? Less : never;
type At<Path extends string> = Path extends '' ? 'this schema' : Path;

/** Compile-time guard: `unknown` for a schema whose wire form is JSON, a sentence with the path otherwise. */
export type Wire<Schema extends z.ZodType> = [Faulty<z.input<Schema>, Deepest>] extends [never]
  ? unknown
  : Fault<z.input<Schema>, '', Deepest>;
