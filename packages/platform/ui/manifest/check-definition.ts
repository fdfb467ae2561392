import { iconNames } from './icon-names.js';
import type { NavigationEntry, PageRoute, SlotContribution, UiDefinition } from './ui-definition.js';

/** A module's UI declares something that the shell cannot show. */
export class InvalidUiDefinition extends Error {
  override readonly name = 'InvalidUiDefinition';
  constructor(
    readonly module: string,
    /** All of them, so that one build is enough to see them. */
    readonly problems: readonly string[],
  ) {
    super(`The UI of '${module}' cannot be shown. ${problems.join(' ')}`);
  }
}

const MODULE = /^[a-z][a-z0-9-]*$/;
const LITERAL = /^[a-z0-9][a-z0-9._~-]*$/;
const PARAMETER = /^:[a-zA-Z][a-zA-Z0-9]*$/;
const SLOT = /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/;

/** First segments of addresses that the server keeps for itself. */
export const RESERVED_SEGMENTS: readonly string[] = ['api', 'assets', 'docs', 'health', 'openapi.json'];

/** Everything that is wrong with a definition, as sentences. Empty: it can be shown. */
export function checkDefinition(definition: UiDefinition): readonly string[] {
  const { module, routes, navigation, slots } = definition;
  if (!MODULE.test(module)) {
    return [`The module's name '${module}' is not made of lower-case letters, digits and dashes.`];
  }
  if (RESERVED_SEGMENTS.includes(module)) return [`'${module}' is an address of the server's own. Rename the module.`];
  return [
    ...routes.flatMap((route) => checkRoute(route, module)),
    ...duplicates(routes.map(shapeOf), (shape) => `Two routes have the path '${shape}'. Keep one.`),
    ...navigation.flatMap((entry) => checkNavigation(entry, routes)),
    ...duplicates(
      navigation.map(({ path }) => path),
      (path) => `Two navigation entries lead to '${path}'. Keep one.`,
    ),
    ...slots.flatMap((slot) => checkSlot(slot, module)),
    ...duplicates(
      slots.map(({ slot, element }) => `${slot}' to '${element}`),
      (pair) => `The slot contribution '${pair}' is listed twice. Keep one.`,
    ),
  ];
}

function checkRoute({ path, element, title }: PageRoute, module: string): string[] {
  const problems: string[] = [];
  const segments = path.split('/').slice(1);
  const parameters = segments.filter((segment) => segment.startsWith(':'));
  const isWellFormed = segments.every((segment) => LITERAL.test(segment) || PARAMETER.test(segment));
  if (!path.startsWith('/') || !isWellFormed) {
    problems.push(
      `The route '${path}' is no path of segments like '/${module}/:id': no empty segment, no slash at the end.`,
    );
  } else if (segments[0] !== module) {
    problems.push(
      `The route '${path}' must begin with '/${module}', so that modules cannot take each other's addresses.`,
    );
  }
  if (new Set(parameters).size !== parameters.length) {
    problems.push(`The route '${path}' has two parameters of one name.`);
  }
  if (title.trim() === '')
    problems.push(`The route '${path}' has no title. The browser's tab and screen readers show it.`);
  return [...problems, ...checkElement(element, module, `The route '${path}'`)];
}

function checkNavigation({ label, icon, path }: NavigationEntry, routes: readonly PageRoute[]): string[] {
  const problems: string[] = [];
  if (label.trim() === '') problems.push(`The navigation entry of '${path}' has no label.`);
  if (!iconNames.includes(icon)) {
    problems.push(`The navigation entry '${label}' has the icon '${icon}', which the kit has not. See iconNames.`);
  }
  if (path.includes(':') || !routes.some((route) => route.path === path)) {
    problems.push(
      `The navigation entry '${label}' leads to '${path}', which is no route of the module without parameters.`,
    );
  }
  return problems;
}

function checkSlot({ slot, element }: SlotContribution, module: string): string[] {
  const problems = checkElement(element, module, `The contribution to the slot '${slot}'`);
  if (SLOT.test(slot)) return problems;
  return [`The slot '${slot}' is not named like '<module>.<place>'.`, ...problems];
}

function checkElement(element: string, module: string, where: string): string[] {
  const suffix = element.slice(module.length + 1);
  if (element.startsWith(`${module}-`) && /^[a-z0-9][a-z0-9-]*$/.test(suffix)) return [];
  return [`${where} is shown by the element '${element}', whose name must be '${module}-' and a lower-case word.`];
}

/** Two paths that differ in the names of parameters only are one path. */
function shapeOf({ path }: PageRoute): string {
  return path.replaceAll(/:[^/]+/g, ':…');
}

function duplicates(values: readonly string[], sentence: (value: string) => string): string[] {
  const repeated = values.filter((value, index) => values.indexOf(value) !== index);
  return [...new Set(repeated)].map(sentence);
}
