/** The shop understood what was asked and said no. It concerns one invoice; the import goes on with the next. */
export class RefusedByShop extends Error {
  override readonly name = 'RefusedByShop';

  constructor(
    /** The shop's name of the reason, e.g. `catalog.product-discontinued`. */
    readonly code: string,
    reason: string,
  ) {
    super(reason);
  }
}
