import type { Binding, ModuleGraph } from './module-graph.js';

/** How a binding is drawn: a module that left the process hangs on a dotted line. */
const BINDING_ARROW: Readonly<Record<Binding, string>> = { local: '-->', remote: '-.->', strangler: '==>' };

/** The graph as a Mermaid flowchart: https://mermaid.js.org/syntax/flowchart.html */
export function mermaid({ modules, platform, apps }: ModuleGraph): string {
  const known = new Set(modules.map((module) => module.package));
  return [
    'flowchart TD',
    '  subgraph apps',
    ...apps.map((app) => `    ${node(app.package, app.package)}`),
    '  end',
    '  subgraph modules',
    ...modules.map((module) => `    ${node(module.package, `${module.name}<br/>${module.owner}`)}`),
    '  end',
    '  subgraph platform',
    ...platform.map((member) => `    ${node(member.package, member.package)}`),
    '  end',
    ...apps.flatMap((app) =>
      app.binds.map(
        (bound) => `  ${id(app.package)} ${BINDING_ARROW[bound.binding]}|${bound.binding}| ${id(bound.package)}`,
      ),
    ),
    ...modules.flatMap((module) =>
      module.uses.filter((used) => known.has(used)).map((used) => `  ${id(module.package)} --> ${id(used)}`),
    ),
    ...platform.flatMap((member) => member.uses.map((used) => `  ${id(member.package)} --> ${id(used)}`)),
    '',
  ].join('\n');
}

function node(packageName: string, label: string): string {
  return `${id(packageName)}["${label.replaceAll('"', '#quot;')}"]`;
}

function id(packageName: string): string {
  return packageName.replace(/\W+/g, '_').replace(/^_/, '');
}
