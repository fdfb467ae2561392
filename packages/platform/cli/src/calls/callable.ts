import type { Class, FunctionBody, Node, ParamPattern } from 'oxc-parser';
import { topLevelDeclarations } from '../exports/declarations.js';
import { type DecoratorUse, decoratorsOf } from '../syntax/decorators.js';
import type { SourceFile } from '../workspace/source-file.js';
import type { WorkspacePackage } from '../workspace/workspace-package.js';

/** A function of the workspace: a method, or a function at the top of a file. What is written inside it counts as its own. */
export interface Callable {
  /** As people name it: `PaymentComparison.mend`, `seed`. */
  readonly name: string;
  readonly member: WorkspacePackage;
  readonly file: SourceFile;
  /** The class that it is a method of. */
  readonly owner: Class | undefined;
  readonly parameters: readonly ParamPattern[];
  readonly body: Node;
  readonly decorators: readonly DecoratorUse[];
}

/** The functions of a file. The rest of its top level runs once, when it is loaded, and calls no port. */
export function callablesIn(file: SourceFile, member: WorkspacePackage): Callable[] {
  return [...topLevelDeclarations(file)].flatMap(([name, node]) => {
    if (node.type === 'ClassDeclaration') return methodsOf(name, node, file, member);
    const written = functionOf(node);
    return written ? [{ name, member, file, owner: undefined, decorators: [], ...written }] : [];
  });
}

function methodsOf(className: string, owner: Class, file: SourceFile, member: WorkspacePackage): Callable[] {
  return owner.body.body.flatMap((element): Callable[] => {
    if (element.type !== 'MethodDefinition' && element.type !== 'PropertyDefinition') return [];
    const key = element.key;
    const name = key.type === 'Identifier' || key.type === 'PrivateIdentifier' ? key.name : undefined;
    const written = element.value ? functionOf(element.value) : undefined;
    if (name === undefined || !written) return [];
    return [{ name: `${className}.${name}`, member, file, owner, decorators: decoratorsOf(element), ...written }];
  });
}

function functionOf(node: Node): Pick<Callable, 'parameters' | 'body'> | undefined {
  if (node.type === 'VariableDeclarator') return node.init ? functionOf(node.init) : undefined;
  if (
    node.type !== 'FunctionDeclaration' &&
    node.type !== 'FunctionExpression' &&
    node.type !== 'ArrowFunctionExpression'
  ) {
    return undefined;
  }
  return node.body ? { parameters: node.params as ParamPattern[], body: node.body as FunctionBody } : undefined;
}

/** The method's name without its class. */
export function methodName({ name }: Pick<Callable, 'name'>): string {
  return name.slice(name.indexOf('.') + 1);
}
