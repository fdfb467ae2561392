import type { IconName } from './icon-names.js';

/** An entry of the side navigation, and a card on the home page. */
export interface NavigationEntry {
  readonly label: string;
  readonly icon: IconName;
  /** Where it leads, e.g. `/catalog`: one of the module's own routes without parameters. */
  readonly path: string;
  /** Entries are sorted by it, ascending, then by label. Default: 100. */
  readonly order?: number;
  /** One sentence for the card on the home page. */
  readonly description?: string;
}

/** A page: `/catalog/:productId` is shown by the element `catalog-product-page`. */
export interface PageRoute {
  /** Begins with a slash; segments are literal or `:name`. The route with the most literal segments from the left wins. */
  readonly path: string;
  /** The custom element's name, which begins with the module's name and a dash. */
  readonly element: string;
  /** The document's title until the page sets its own `pageTitle`. */
  readonly title: string;
}

/** An element that is shown in a slot of another module's page. */
export interface SlotContribution {
  /** The slot's name, which begins with the name of the module that offers it: `catalog.product-actions`. */
  readonly slot: string;
  readonly element: string;
  /** Elements of one slot are sorted by it, ascending, then by module. Default: 100. */
  readonly order?: number;
}

/** What a module's UI brings. */
export interface UiDefinition {
  readonly module: string;
  readonly navigation: readonly NavigationEntry[];
  readonly routes: readonly PageRoute[];
  readonly slots: readonly SlotContribution[];
}

export interface UiOptions {
  /** The module's name as in its contract. */
  readonly module: string;
  readonly navigation?: readonly NavigationEntry[];
  readonly routes?: readonly PageRoute[];
  readonly slots?: readonly SlotContribution[];
}

/** Declares a module's UI: the default export of `ui/manifest.ts`. It is checked when the package is built. */
export function defineUi(options: UiOptions): UiDefinition {
  return {
    module: options.module,
    navigation: options.navigation ?? [],
    routes: options.routes ?? [],
    slots: options.slots ?? [],
  };
}
