/** How the shell page presents itself. */
export interface UiOptions {
  /** The product's name: in the bar, in the browser's tab, on the home page. */
  readonly title: string;
  /** The folder of the kit's and the shell page's assets. Default: those of this package. */
  readonly platformAssets?: URL;
}

export const UI_OPTIONS = Symbol('macrolith.ui-options');
