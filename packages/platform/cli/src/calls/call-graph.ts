/**
 * Who calls whom, within packages and through ports, as far as the sources tell without being run: a call counts where the
 * type of what is called is written beside its name. A method that is handed to a function counts as called there. One that is
 * kept in a variable, or called through `call` and `apply`, is not seen.
 */
import type { Class, Node } from 'oxc-parser';
import { topLevelDeclarations } from '../exports/declarations.js';
import { declarationOf } from '../exports/named-declaration.js';
import type { ImportGraph } from '../imports/import-graph.js';
import { memberName } from '../syntax/member-name.js';
import { walk } from '../syntax/walk.js';
import { type DeclaredWorkflow, declaredWorkflows } from '../workspace/declared-workflows.js';
import type { SourceFile } from '../workspace/source-file.js';
import type { WorkspacePackage } from '../workspace/workspace-package.js';
import { baseClass } from './base-class.js';
import type { CallSite, CallTarget, PortCall } from './call-site.js';
import { type Callable, callablesIn, methodName } from './callable.js';
import { type DeclaredPort, declaredPorts } from './declared-port.js';
import { surroundingsOf } from './surroundings.js';
import { ValueTypes } from './value-types.js';

/** A workflow, with the module that owns it. */
export interface OwnedWorkflow {
  readonly owner: WorkspacePackage;
  readonly workflow: DeclaredWorkflow;
  /** What its steps and compensations call. */
  readonly calls: readonly PortCall[];
}

/** A class that implements or extends another declaration. */
interface Implementation {
  readonly node: Class;
  readonly file: SourceFile;
}

export class CallGraph {
  readonly ports: readonly DeclaredPort[];
  readonly callables: readonly Callable[];
  readonly workflows: readonly OwnedWorkflow[];
  readonly sites: readonly CallSite[];
  readonly #types: ValueTypes;
  readonly #methods: ReadonlyMap<Node | undefined, readonly Callable[]>;
  readonly #functions: ReadonlyMap<Node, Callable>;
  readonly #implementations: ReadonlyMap<Node, readonly Implementation[]>;
  readonly #sitesOf: ReadonlyMap<Callable, readonly CallSite[]>;

  /** @param members the packages that are in a process: modules and apps */
  constructor(
    members: readonly WorkspacePackage[],
    private readonly graph: ImportGraph,
  ) {
    this.ports = declaredPorts(members, graph);
    this.#types = new ValueTypes(graph, this.ports);
    const files = members.flatMap((member) => sourcesOf(member).map((file) => ({ file, member })));
    this.callables = files.flatMap(({ file, member }) => callablesIn(file, member));
    this.#methods = Map.groupBy(this.callables, ({ owner }) => owner);
    this.#functions = new Map(this.callables.map((callable) => [callable.body, callable]));
    this.#implementations = this.#implementationsIn(files.map(({ file }) => file));
    this.workflows = members.flatMap((owner) =>
      declaredWorkflows(owner.files).map((workflow) => ({ owner, workflow, calls: this.#callsOf(workflow) })),
    );
    this.sites = this.callables.flatMap((callable) => this.#sitesIn(callable));
    this.#sitesOf = Map.groupBy(this.sites, ({ from }) => from);
  }

  sitesOf(callable: Callable): readonly CallSite[] {
    return this.#sitesOf.get(callable) ?? [];
  }

  /** The methods that answer for an operation. Fakes are none. */
  providersOf({ port, operation }: PortCall): readonly Callable[] {
    return this.#implementedBy(port.node, operation.name);
  }

  workflowOf(workflow: DeclaredWorkflow): OwnedWorkflow {
    return this.workflows.find(
      (owned) => owned.workflow.file === workflow.file && owned.workflow.name === workflow.name,
    )!;
  }

  #implementationsIn(files: readonly SourceFile[]): ReadonlyMap<Node, readonly Implementation[]> {
    const pairs = files.flatMap((file) =>
      [...topLevelDeclarations(file).values()].flatMap((node) => {
        if (node.type !== 'ClassDeclaration') return [];
        const named: (Node | null)[] = [
          ...(node.implements ?? []).map(({ expression }) => expression),
          node.superClass,
        ];
        return named.flatMap((base) => {
          const declared = base?.type === 'Identifier' ? declarationOf(file, base.name, this.graph) : undefined;
          return declared ? [{ base: declared.node, node, file }] : [];
        });
      }),
    );
    return Map.groupBy(pairs, ({ base }) => base);
  }

  #implementedBy(base: Node, method: string): readonly Callable[] {
    return (this.#implementations.get(base) ?? []).flatMap(({ node, file }) => this.#methodsNamed(node, file, method));
  }

  /** A method of a class, or else of what the class is derived from. */
  #methodsNamed(owner: Node, file: SourceFile, method: string): Callable[] {
    const own = (this.#methods.get(owner) ?? []).filter((callable) => methodName(callable) === method);
    const base = own.length === 0 ? baseClass(owner, file, this.graph) : undefined;
    return base ? this.#methodsNamed(base.node, base.file, method) : own;
  }

  #callsOf({ file, calls }: DeclaredWorkflow): PortCall[] {
    return calls.flatMap((call) => {
      const type = this.#types.named(file, call.port);
      const operation = type?.kind === 'port' ? type.port.operations.get(call.operation) : undefined;
      return type?.kind === 'port' && operation ? [{ kind: 'port', port: type.port, operation }] : [];
    });
  }

  #sitesIn(from: Callable): CallSite[] {
    const sites: CallSite[] = [];
    const isUnitOfWork = (expression: Node) => {
      const type = this.#types.of(expression, from);
      return type?.kind === 'platform' && type.name === 'UnitOfWork';
    };
    walk(from.body, (node, ancestors) => {
      if (node.type !== 'CallExpression') return;
      const { callee, arguments: given } = node;
      const to = this.#targetOf(callee, given, from);
      if (to) sites.push({ from, callee, given, to, surroundings: surroundingsOf(node, ancestors, isUnitOfWork) });
      for (const method of given.filter(({ type }) => type === 'MemberExpression')) {
        const called = this.#targetOf(method, [], from);
        const surroundings = surroundingsOf(method, [...ancestors, node], isUnitOfWork);
        if (called) sites.push({ from, callee: method, given: [], to: called, surroundings });
      }
    });
    return sites;
  }

  #targetOf(callee: Node, [first]: readonly Node[], from: Callable): CallTarget | undefined {
    if (callee.type === 'Identifier') return functions(this.#functionNamed(callee.name, from.file));
    if (callee.type !== 'MemberExpression') return undefined;
    const method = memberName(callee);
    const type = this.#types.of(callee.object, from);
    if (method === undefined || !type) return undefined;
    if (type.kind === 'platform') {
      return type.name === 'Workflows' && method === 'run' && first ? this.#workflowsIn(first, from.file) : undefined;
    }
    if (type.kind === 'class') {
      return functions([
        ...this.#methodsNamed(type.node, type.file, method),
        ...this.#implementedBy(type.node, method),
      ]);
    }
    const operation = type.port.operations.get(method);
    return operation && { kind: 'port', port: type.port, operation };
  }

  #functionNamed(name: string, file: SourceFile): Callable[] {
    const declared = declarationOf(file, name, this.graph)?.node;
    const written = declared?.type === 'VariableDeclarator' ? declared.init : declared;
    const body = written && 'body' in written ? (written.body as Node | null) : null;
    const callable = body ? this.#functions.get(body) : undefined;
    return callable ? [callable] : [];
  }

  /** Every workflow that the expression may be: `byCard ? placeCardOrder : placeOrder`. */
  #workflowsIn(expression: Node, file: SourceFile): CallTarget | undefined {
    const workflows = new Set<DeclaredWorkflow>();
    walk(expression, (node) => {
      const declared = node.type === 'Identifier' ? declarationOf(file, node.name, this.graph) : undefined;
      const owned = this.workflows.find(
        ({ workflow }) => workflow.file === declared?.file && workflow.variable === declared.name,
      );
      if (owned) workflows.add(owned.workflow);
    });
    return workflows.size === 0 ? undefined : { kind: 'workflow', workflows: [...workflows] };
  }
}

function functions(callables: readonly Callable[]): CallTarget | undefined {
  return callables.length === 0 ? undefined : { kind: 'function', callables };
}

function sourcesOf({ files }: WorkspacePackage): SourceFile[] {
  return files.filter(({ role, isSql }) => role === 'source' && !isSql);
}
