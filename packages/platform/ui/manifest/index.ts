/** What a module says about its UI, and what the shell reads of it. Runs in the browser and in Node. */
export { type AssetEncoding, type AssetFile, assetAddress, type BuiltUi, parseBuiltUi } from './built-ui.js';
export { checkDefinition, InvalidUiDefinition, RESERVED_SEGMENTS } from './check-definition.js';
export { type IconName, iconNames } from './icon-names.js';
export {
  compareSpecificity,
  matchPattern,
  type PatternSegment,
  parsePattern,
  type RouteParameters,
} from './route-pattern.js';
export {
  type FailedUi,
  type InstalledUi,
  SHELL_DOCUMENT_ID,
  type ShellDocument,
  type ShellModule,
} from './shell-document.js';
export {
  defineUi,
  type NavigationEntry,
  type PageRoute,
  type SlotContribution,
  type UiDefinition,
  type UiOptions,
} from './ui-definition.js';
