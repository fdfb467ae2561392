import type { Node } from 'oxc-parser';
import { isPrivate } from '../../calls/declared-port.js';
import { declarationOf, type NamedDeclaration } from '../../exports/named-declaration.js';
import { importStatements } from '../../imports/import-statement.js';
import { walk } from '../../syntax/walk.js';
import type { SourceFile } from '../../workspace/source-file.js';
import type { ReadinessEvidence } from '../evidence.js';
import { type ReadinessRule, readinessFinding } from '../readiness-rule.js';

/** What serves HTTP stays in the shell, and finds there what it needs. */
export const webNeedsPortOnly: ReadinessRule = {
  id: 'web-needs-port-only',
  level: 'obstacle',
  title: "The module's controllers have nothing injected but the module's port and what the shell has anyway.",
  why: `Routes keep their URL in the shell, so the controllers in \`web\` of the manifest stay there. What the module provides leaves with it: its services, repositories and private
ports, its events, tasks and workflows, and the ports of others as it uses them. A controller that has one of those injected cannot be made.`,
  remedy: 'Inject the port, and offer in the contract what the controller needs.',

  check(evidence) {
    return controllers(evidence).flatMap((controller) =>
      injected(controller.node).flatMap(({ name, offset }) => {
        if (!leaves(name, controller.file, evidence)) return [];
        return [
          readinessFinding(webNeedsPortOnly, {
            member: evidence.module,
            file: controller.file.path,
            position: controller.file.positionOf(offset),
            subject: `${controller.name} ← ${name}`,
            message: `${controller.name} serves HTTP in the shell, and has ${name} injected, which is not there without ${evidence.module.name}.`,
          }),
        ];
      }),
    );
  },
};

function controllers({ module, graph }: ReadinessEvidence): NamedDeclaration[] {
  const { web, file } = module.manifest!;
  return web
    .map((name) => declarationOf(file, name, graph))
    .filter((declared) => declared?.node.type === 'ClassDeclaration')
    .filter((declared) => declared !== undefined);
}

/** The types of what the constructor and decorated fields are given, and the entities of `@InjectRepository(…)`. */
function injected(controller: Node): { readonly name: string; readonly offset: number }[] {
  if (controller.type !== 'ClassDeclaration') return [];
  const places: Node[] = controller.body.body.flatMap((element): Node[] => {
    if (element.type === 'PropertyDefinition') return element.decorators.length > 0 ? [element] : [];
    return element.type === 'MethodDefinition' && element.kind === 'constructor' ? element.value.params : [];
  });
  const found = new Map<string, number>();
  for (const place of places) {
    walk(place, (node, ancestors) => {
      const isType = node.type === 'Identifier' && ancestors.at(-1)?.type === 'TSTypeReference';
      const isToken = node.type === 'Identifier' && ancestors.some(({ type }) => type === 'Decorator');
      if ((isType || isToken) && !found.has(node.name)) found.set(node.name, node.start);
    });
  }
  return [...found].map(([name, offset]) => ({ name, offset }));
}

/** What the features of a local module provide. */
const FEATURES = new Set(['Repository', 'DataSource', 'Events', 'Tasks', 'Workflows']);

function leaves(name: string, file: SourceFile, { code, module, graph }: ReadinessEvidence): boolean {
  const declared = declarationOf(file, name, graph);
  const port = code.ports.find(({ node }) => node === declared?.node);
  if (port) return port.member !== module || isPrivate(port);
  if (declared && module.files.includes(declared.file)) return declared.node.type === 'ClassDeclaration';
  return importStatements(file).some(
    ({ specifier, names }) =>
      !specifier.startsWith('.') && names.some(({ local, imported }) => local === name && FEATURES.has(imported)),
  );
}
