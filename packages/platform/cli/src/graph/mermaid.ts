import type { AppNode, Binding, ModuleGraph, ModuleNode } from './module-graph.js';

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
    ...workflows(apps),
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
    ...modules.flatMap((module) => hearing(module, modules)),
    ...platform.flatMap((member) => member.uses.map((used) => `  ${id(member.package)} --> ${id(used)}`)),
    '',
  ].join('\n');
}

/** The workflows that run somewhere, each with its mode in each app: an app without any draws nothing. */
function workflows(apps: readonly AppNode[]): string[] {
  const running = apps.filter((app) => app.workflows.length > 0);
  if (running.length === 0) return [];
  return [
    '  subgraph workflows',
    ...running.flatMap((app) =>
      app.workflows.map(
        ({ name, mode }) => `    ${node(`${app.package}/${name}`, `${name}<br/>${mode} in ${app.package}`)}`,
      ),
    ),
    '  end',
  ];
}

/** A dotted line from each publisher to whoever hears it: news flows against the direction in which packages depend. */
function hearing({ package: hearer, hears }: ModuleNode, modules: readonly ModuleNode[]): string[] {
  return hears.flatMap((event) => {
    const [publisher, ...name] = event.split('.');
    const from = modules.find((module) => module.name === publisher);
    return from === undefined ? [] : [`  ${id(from.package)} -. ${name.join('.')} .-> ${id(hearer)}`];
  });
}

function node(packageName: string, label: string): string {
  return `${id(packageName)}["${label.replaceAll('"', '#quot;')}"]`;
}

function id(packageName: string): string {
  return packageName.replace(/\W+/g, '_').replace(/^_/, '');
}
