import type { Argument, Decorator, Node } from 'oxc-parser';

/** A decorator by its name, with what it is called with. */
export interface DecoratorUse {
  readonly name: string;
  readonly arguments: readonly Argument[];
  readonly offset: number;
}

/** The decorators of a class, a member or a parameter. Those that are computed have no name and are left out. */
export function decoratorsOf(node: Node): DecoratorUse[] {
  const decorators = (node as { decorators?: readonly Decorator[] }).decorators ?? [];
  return decorators.flatMap(({ expression, start }) => {
    if (expression.type === 'Identifier') return [{ name: expression.name, arguments: [], offset: start }];
    if (expression.type !== 'CallExpression' || expression.callee.type !== 'Identifier') return [];
    return [{ name: expression.callee.name, arguments: expression.arguments, offset: start }];
  });
}
