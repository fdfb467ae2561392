/** What a module says about its UI, and what the shell reads of it. Runs in the browser and in Node. */
export { type IconName, iconNames } from './icon-names.js';
export {
  defineUi,
  type NavigationEntry,
  type PageRoute,
  type SlotContribution,
  type UiDefinition,
  type UiOptions,
} from './ui-definition.js';
