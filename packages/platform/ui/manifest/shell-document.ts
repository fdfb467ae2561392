import type { NavigationEntry, PageRoute, SlotContribution } from './ui-definition.js';

/** What the server tells the shell page, as JSON in the page itself. */
export interface ShellDocument {
  /** The product's name. */
  readonly title: string;
  readonly modules: readonly ShellModule[];
}

export type ShellModule = InstalledUi | FailedUi;

export interface InstalledUi {
  readonly kind: 'installed';
  readonly module: string;
  readonly version: string;
  /** The address of the script that registers the module's elements. */
  readonly entry: string;
  readonly navigation: readonly NavigationEntry[];
  readonly routes: readonly PageRoute[];
  readonly slots: readonly SlotContribution[];
}

/** The module is installed, but its assets cannot be served. */
export interface FailedUi {
  readonly kind: 'failed';
  readonly module: string;
}

/** The id of the element that holds the document. */
export const SHELL_DOCUMENT_ID = 'macrolith-shell';
