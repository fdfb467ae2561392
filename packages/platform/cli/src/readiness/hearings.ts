import type { Node } from 'oxc-parser';
import { declarationOf } from '../exports/named-declaration.js';
import { constantText } from '../syntax/constant-text.js';
import type { Position } from '../syntax/position.js';
import type { SourceFile } from '../workspace/source-file.js';
import { modulesOf } from '../workspace/workspace.js';
import type { WorkspacePackage } from '../workspace/workspace-package.js';
import type { ReadinessEvidence } from './evidence.js';

/** A method that hears an event of another module: `@On(Orders.event.orderPlaced)`, or `@On(orderPlaced)`. */
export interface Hearing {
  readonly hearer: WorkspacePackage;
  readonly publisher: WorkspacePackage;
  /** As the method names it: `orders.orderPlaced`, `orders.order-placed`. */
  readonly event: string;
  readonly file: SourceFile;
  readonly position: Position;
}

export function hearings({ code, workspace, graph }: ReadinessEvidence): Hearing[] {
  const modules = modulesOf(workspace);
  return code.callables.flatMap(({ member, file, decorators }) =>
    decorators
      .filter(({ name }) => name === 'On')
      .flatMap(({ arguments: [heard], offset }) => {
        const event = heard && (eventOfPort(heard, file) ?? declaredEvent(heard, file));
        const publisher = event && modules.find(({ manifest }) => manifest?.name === event.split('.')[0]);
        if (!event || !publisher || publisher === member) return [];
        return [{ hearer: member, publisher, event, file, position: file.positionOf(offset) }];
      }),
  );

  /** `Orders.event.orderPlaced` */
  function eventOfPort(heard: Node, file: SourceFile): string | undefined {
    if (heard.type !== 'MemberExpression' || heard.property.type !== 'Identifier') return undefined;
    const { object } = heard;
    if (object.type !== 'MemberExpression' || object.object.type !== 'Identifier') return undefined;
    const declared = declarationOf(file, object.object.name, graph);
    const port = code.ports.find(({ node }) => node === declared?.node);
    return port && `${port.name}.${heard.property.name}`;
  }

  /** A constant that `heardEvent('orders.order-placed', …)` made. */
  function declaredEvent(heard: Node, file: SourceFile): string | undefined {
    const declared = heard.type === 'Identifier' ? declarationOf(file, heard.name, graph)?.node : undefined;
    const init = declared?.type === 'VariableDeclarator' ? declared.init : null;
    const [name] = init?.type === 'CallExpression' ? init.arguments : [];
    return name && constantText(name);
  }
}
