import type { Node } from 'oxc-parser';
import { importStatements } from '../imports/import-statement.js';
import { decoratorsOf } from '../syntax/decorators.js';
import { walk } from '../syntax/walk.js';
import { contractName } from './contract-name.js';
import { heardEvents } from './heard-events.js';
import type { SourceFile } from './source-file.js';
import type { WorkspacePackage } from './workspace-package.js';

/**
 * The events that a module hears, by name without a version, each once, sorted: those it declares for itself (`heardEvent`),
 * and those that it takes from a port, as in `@On(Orders.event.orderPlaced)`.
 */
export function subscribedEvents(module: WorkspacePackage, members: readonly WorkspacePackage[]): readonly string[] {
  const fromPorts = module.files
    .filter(({ role, text }) => role === 'source' && text.includes('@On('))
    .flatMap((file) => eventsOfPorts(file, module, members));
  return [...new Set([...heardEvents(module.files), ...fromPorts])].sort();
}

function eventsOfPorts(file: SourceFile, module: WorkspacePackage, members: readonly WorkspacePackage[]): string[] {
  const origins = new Map(
    importStatements(file).flatMap(({ specifier, names }) => names.map(({ local }) => [local, specifier] as const)),
  );
  const found: string[] = [];
  walk(file.program, (node) => {
    for (const { name, arguments: given } of decoratorsOf(node)) {
      const event = name === 'On' && given[0] ? eventOfPort(given[0]) : undefined;
      if (event === undefined) continue;
      const publisher = members.find((member) => member.name === origins.get(event.port)) ?? module;
      const contract = contractName(publisher.files, event.port);
      if (contract !== undefined) found.push(`${contract}.${kebabCase(event.name)}`);
    }
  });
  return found;
}

/** `Orders.event.orderPlaced` */
function eventOfPort(node: Node): { readonly port: string; readonly name: string } | undefined {
  if (node.type !== 'MemberExpression' || node.property.type !== 'Identifier') return undefined;
  const { object, property } = node;
  if (object.type !== 'MemberExpression' || object.object.type !== 'Identifier') return undefined;
  if (object.property.type !== 'Identifier' || object.property.name !== 'event') return undefined;
  return { port: object.object.name, name: property.name };
}

/** As a contract names its events: `orderPlaced` → `order-placed`. */
function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
