import type { Class, Node, TSTypeAnnotation } from 'oxc-parser';
import { declarationOf } from '../exports/named-declaration.js';
import type { ImportGraph } from '../imports/import-graph.js';
import { importStatements } from '../imports/import-statement.js';
import { memberName, nameOf } from '../syntax/member-name.js';
import { walk } from '../syntax/walk.js';
import type { SourceFile } from '../workspace/source-file.js';
import { baseClass } from './base-class.js';
import type { Callable } from './callable.js';
import type { DeclaredPort } from './declared-port.js';

/** What a value is, as far as its declaration says. */
export type ValueType =
  | { readonly kind: 'port'; readonly port: DeclaredPort }
  /** A class or an interface of the workspace. */
  | { readonly kind: 'class'; readonly node: Node; readonly file: SourceFile }
  | { readonly kind: 'platform'; readonly name: PlatformName };

/** What the platform injects and readiness knows the meaning of. */
const PLATFORM_NAMES = ['UnitOfWork', 'Workflows'] as const;
type PlatformName = (typeof PLATFORM_NAMES)[number];

/** A generic that leaves the methods of its argument what they are. */
const TRANSPARENT = new Set(['Pick', 'Omit', 'Readonly', 'Promise', 'NonNullable']);

type Names = ReadonlyMap<string, ValueType>;

/**
 * Tells types by what is written beside a name: a parameter's or field's annotation, `new Class()`, `app.get(Port)`, and a
 * constant that is one of these. No compiler is asked, so what a value is inferred to be is not known.
 */
export class ValueTypes {
  readonly #ports: ReadonlyMap<Node, DeclaredPort>;
  readonly #fields = new WeakMap<Node, Names>();
  readonly #names = new WeakMap<Callable, Names>();

  constructor(
    private readonly graph: ImportGraph,
    ports: readonly DeclaredPort[],
  ) {
    this.#ports = new Map(ports.map((port) => [port.node, port]));
  }

  /** What instances of a named type are. */
  named(file: SourceFile, name: string): ValueType | undefined {
    const platformName = platformNameOf(file, name);
    if (platformName) return { kind: 'platform', name: platformName };
    const declared = declarationOf(file, name, this.graph);
    const port = declared && this.#ports.get(declared.node);
    if (port) return { kind: 'port', port };
    const isClass = declared?.node.type === 'ClassDeclaration' || declared?.node.type === 'TSInterfaceDeclaration';
    return isClass ? { kind: 'class', node: declared.node, file: declared.file } : undefined;
  }

  /** What an expression within a function is. */
  of(expression: Node, within: Callable): ValueType | undefined {
    switch (expression.type) {
      case 'ThisExpression':
        return within.owner && { kind: 'class', node: within.owner, file: within.file };
      case 'Identifier':
        return this.#namesIn(within).get(expression.name);
      case 'MemberExpression':
        return this.#member(expression.object, memberName(expression), within);
      case 'CallExpression':
        return this.#fetched(expression.callee, expression.arguments[0], within);
      case 'NewExpression':
        return expression.callee.type === 'Identifier' ? this.named(within.file, expression.callee.name) : undefined;
      case 'TSNonNullExpression':
      case 'TSAsExpression':
      case 'ParenthesizedExpression':
      case 'ChainExpression':
        return this.of(expression.expression, within);
      case 'AwaitExpression':
        return this.of(expression.argument, within);
      default:
        return undefined;
    }
  }

  #member(object: Node, property: string | undefined, within: Callable): ValueType | undefined {
    const owner = property === undefined ? undefined : this.of(object, within);
    return owner?.kind === 'class' ? this.#fieldsOf(owner.node, owner.file).get(property!) : undefined;
  }

  /** `app.get(Catalog, { strict: false })` and its like answer with what they are asked for. */
  #fetched(callee: Node, wanted: Node | undefined, within: Callable): ValueType | undefined {
    if (callee.type !== 'MemberExpression' || (wanted?.type !== 'Identifier' && wanted?.type !== 'MemberExpression')) {
      return undefined;
    }
    return ['get', 'resolve'].includes(memberName(callee) ?? '')
      ? this.named(within.file, within.file.text.slice(wanted.start, wanted.end))
      : undefined;
  }

  #fieldsOf(owner: Node, file: SourceFile): Names {
    let fields = this.#fields.get(owner);
    if (!fields) {
      const base = baseClass(owner, file, this.graph);
      fields = new Map([...(base ? this.#fieldsOf(base.node, base.file) : []), ...this.#ownFields(owner, file)]);
      this.#fields.set(owner, fields);
    }
    return fields;
  }

  #ownFields(owner: Node, file: SourceFile): [string, ValueType][] {
    if (owner.type === 'ClassDeclaration') {
      return owner.body.body.flatMap((element) => this.#declaredBy(element, file));
    }
    if (owner.type !== 'TSInterfaceDeclaration') return [];
    return owner.body.body.flatMap((element): [string, ValueType][] => {
      if (element.type !== 'TSPropertySignature') return [];
      const name = nameOf(element.key);
      const type = this.#annotated(element.typeAnnotation, file);
      return name !== undefined && type ? [[name, type]] : [];
    });
  }

  /** Fields, and the parameters of the constructor that are fields. */
  #declaredBy(element: Class['body']['body'][number], file: SourceFile): [string, ValueType][] {
    if (element.type === 'PropertyDefinition') {
      const type = this.#annotated(element.typeAnnotation, file) ?? this.#made(element.value, file);
      const name = nameOf(element.key);
      return name !== undefined && type ? [[name, type]] : [];
    }
    if (element.type !== 'MethodDefinition' || element.kind !== 'constructor') return [];
    return element.value.params.flatMap((parameter) =>
      parameter.type === 'TSParameterProperty' ? this.#parameter(parameter.parameter, file) : [],
    );
  }

  #parameter(pattern: Node, file: SourceFile): [string, ValueType][] {
    const named = pattern.type === 'AssignmentPattern' ? pattern.left : pattern;
    if (named.type !== 'Identifier') return [];
    const type = this.#annotated((named as { typeAnnotation?: TSTypeAnnotation | null }).typeAnnotation, file);
    return type ? [[named.name, type]] : [];
  }

  #made(value: Node | null, file: SourceFile): ValueType | undefined {
    return value?.type === 'NewExpression' && value.callee.type === 'Identifier'
      ? this.named(file, value.callee.name)
      : undefined;
  }

  #annotated(annotation: TSTypeAnnotation | null | undefined, file: SourceFile): ValueType | undefined {
    return annotation ? this.#type(annotation.typeAnnotation, file) : undefined;
  }

  #type(type: Node, file: SourceFile): ValueType | undefined {
    if (type.type === 'TSUnionType') {
      return type.types.map((one) => this.#type(one, file)).find((found) => found !== undefined);
    }
    if (type.type !== 'TSTypeReference') return undefined;
    const name = file.text.slice(type.typeName.start, type.typeName.end);
    const [argument] = type.typeArguments?.params ?? [];
    return argument && TRANSPARENT.has(name) ? this.#type(argument, file) : this.named(file, name);
  }

  /** The parameters and constants of a function and of those inside it. A name that is used twice is taken for its last use. */
  #namesIn(callable: Callable): Names {
    const known = this.#names.get(callable);
    if (known) return known;
    const names = new Map<string, ValueType>();
    this.#names.set(callable, names);
    const add = (entries: readonly [string, ValueType][]) => {
      for (const [name, type] of entries) names.set(name, type);
    };
    for (const parameter of callable.parameters) add(this.#parameter(parameter, callable.file));
    walk(callable.body, (node) => {
      if (node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression') {
        for (const parameter of node.params) add(this.#parameter(parameter, callable.file));
      }
      if (node.type === 'VariableDeclarator') add(this.#variable(node.id, node.init, callable));
    });
    return names;
  }

  #variable(id: Node, init: Node | null, within: Callable): [string, ValueType][] {
    if (id.type === 'ObjectPattern' && init) {
      return id.properties.flatMap((property): [string, ValueType][] => {
        if (property.type !== 'Property' || property.value.type !== 'Identifier') return [];
        const type = this.#member(init, nameOf(property.key), within);
        return type ? [[property.value.name, type]] : [];
      });
    }
    if (id.type !== 'Identifier') return [];
    const declared = this.#parameter(id, within.file);
    if (declared.length > 0) return declared;
    const type = init ? this.of(init, within) : undefined;
    return type ? [[id.name, type]] : [];
  }
}

/** A name of the platform is told by its import: nobody else's package has it, and a file of one's own is named by a path. */
function platformNameOf(file: SourceFile, name: string): PlatformName | undefined {
  for (const { specifier, names } of importStatements(file)) {
    if (specifier.startsWith('.')) continue;
    const imported = names.find(({ local }) => local === name)?.imported;
    const known = PLATFORM_NAMES.find((platformName) => platformName === imported);
    if (known) return known;
  }
  return undefined;
}
