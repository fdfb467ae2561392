/** How the shell page presents itself. */
export interface UiOptions {
  /** The product's name: in the bar, in the browser's tab, on the home page. */
  readonly title: string;
}

export const UI_OPTIONS = Symbol('macrolith.ui-options');
