import type { z } from 'zod';

/**
 * Gives a schema's type a name, so that hover shows the interface and its field documentation:
 * `const Product = named<Product>()(z.object({ … }))`.
 *
 * Only the value side is compared with `T`. Comparing whole schemas would cost three times the type checking.
 */
export const named =
  <T>() =>
  <W>(schema: { readonly _zod: { readonly output: T; readonly input: W } }): z.ZodType<T, W> =>
    schema as unknown as z.ZodType<T, W>;
