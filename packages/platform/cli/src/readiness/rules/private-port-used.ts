import { isPrivate } from '../../calls/declared-port.js';
import { declarationOf } from '../../exports/named-declaration.js';
import { reachedMember } from '../../imports/import-graph.js';
import { type ReadinessRule, readinessFinding } from '../readiness-rule.js';

/** What is the module's own is used by nobody else. */
export const privatePortUsed: ReadinessRule = {
  id: 'private-port-used',
  level: 'obstacle',
  title: 'No other package uses a private port of the module.',
  why: `A private port, such as \`orders.book\`, holds a module's own steps. It has no subject, no compatibility and no remote binding: who uses it
from outside has nothing to call once the module is elsewhere.`,
  remedy: 'Move the operation into the public contract, or ask for one there that does what is needed.',

  check({ graph, code, module }) {
    const own = new Map(
      code.ports.filter((port) => port.member === module && isPrivate(port)).map((port) => [port.node, port]),
    );
    return graph.imports
      .filter((edge) => edge.from.role === 'source' && reachedMember(edge) === module)
      .flatMap((edge) =>
        edge.statement.names.flatMap(({ local }) => {
          const declared = local === undefined ? undefined : declarationOf(edge.from, local, graph);
          const port = declared && own.get(declared.node as never);
          if (!port) return [];
          return [
            readinessFinding(privatePortUsed, {
              member: edge.fromMember,
              file: edge.from.path,
              position: edge.position,
              subject: port.name,
              message: `${edge.fromMember.name} imports ${port.className}, the private port '${port.name}' of ${module.name}, which is never remote.`,
            }),
          ];
        }),
      );
  },
};
