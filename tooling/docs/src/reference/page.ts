/** Stands at the top of every page that is not written by hand. */
export const GENERATED =
  '<!-- Written by `pnpm --filter @macrolith/docs generate`. Change the source that it tells about, not this page. -->';

/** A page of the reference. */
export interface Page {
  /** Below `docs/reference`. */
  readonly path: string;
  readonly text: string;
}
