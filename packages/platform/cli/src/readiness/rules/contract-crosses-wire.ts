import type { CallExpression, Node } from 'oxc-parser';
import { type DeclaredPort, isPrivate } from '../../calls/declared-port.js';
import { declarationOf } from '../../exports/named-declaration.js';
import { memberName } from '../../syntax/member-name.js';
import { walk } from '../../syntax/walk.js';
import type { Violation } from '../../violations/violation.js';
import type { SourceFile } from '../../workspace/source-file.js';
import type { ReadinessEvidence } from '../evidence.js';
import { type ReadinessRule, readinessFinding } from '../readiness-rule.js';

/** Everything in the contract survives the way over a wire. */
export const contractCrossesWire: ReadinessRule = {
  id: 'contract-crosses-wire',
  level: 'obstacle',
  title: 'The contract holds nothing that a wire would change or drop.',
  why: `The platform refuses such a schema when the contract is defined, so a module that starts has none. This says the same before anything is started, for the schemas
that the package itself writes; what a library's schema is made of is not read.`,
  remedy: 'Use instant(), integer(), binary(), mapOf(), setOf() or z.codec() of the contract package.',

  check(evidence) {
    const { module } = evidence;
    const port = publicPort(evidence);
    if (!port || port.operations.size === 0) return [unreadable(evidence)];
    return unwirableIn(port, evidence).map(({ file, offset, what, remedy }) =>
      readinessFinding(contractCrossesWire, {
        member: module,
        file: file.path,
        position: file.positionOf(offset),
        subject: what,
        message: `The contract of ${module.name} has ${what}, which does not survive the way over a wire.`,
        remedy,
      }),
    );
  },
};

function publicPort({ code: { ports }, module }: ReadinessEvidence): DeclaredPort | undefined {
  return ports.find((port) => port.member === module && !isPrivate(port));
}

/** Without its operations nothing can be told of who calls them: a READY would be worth nothing. */
function unreadable({ module }: ReadinessEvidence): Violation {
  const { file, position } = module.manifest!;
  return readinessFinding(contractCrossesWire, {
    member: module,
    file: file.path,
    position,
    subject: 'unreadable contract',
    message: `The contract of ${module.name} cannot be read from its source, and so neither can who calls it.`,
    remedy: 'Write name and operations into the literal of Port({ … }), each as query(), command() or task().',
  });
}

/** What `refuseUnwirable` of the contract package refuses by its kind, and can be told by its name. */
const REFUSED_KINDS: Readonly<Record<string, string>> = {
  any: 'Write the schema, or z.json() for any JSON.',
  unknown: 'Write the schema, or z.json() for any JSON.',
  custom: 'Describe its wire form with z.codec().',
  instanceof: 'Describe its wire form with z.codec().',
  function: 'Send data.',
  file: 'Use binary().',
  date: 'Use instant().',
  bigint: 'Use integer().',
  map: 'Use mapOf().',
  set: 'Use setOf().',
  symbol: 'Use z.enum().',
  nan: 'Use .nullable().',
  undefined: 'Use .optional() on a property, or .nullable().',
  void: 'Leave input or output out.',
  promise: 'Await it before.',
  preprocess: 'Use z.codec(), which says how to come back.',
  strictObject: 'Use z.object(), which leaves unknown keys out.',
};

/** Refused on any schema: `z.string().trim()`. */
const REFUSED_METHODS: Readonly<Record<string, string>> = {
  transform: 'Use z.codec(), which says how to come back.',
  catch: 'Let the value be refused, or use .default() for a missing one.',
  trim: 'Check with .regex() or .refine(), and let the caller or the provider change it.',
  toLowerCase: 'Check with .regex() or .refine(), and let the caller or the provider change it.',
  toUpperCase: 'Check with .regex() or .refine(), and let the caller or the provider change it.',
};

interface Unwirable {
  readonly file: SourceFile;
  readonly offset: number;
  readonly what: string;
  readonly remedy: string;
}

/** Follows the public contract's literal through the declarations that it names, within the package. */
function unwirableIn(port: DeclaredPort, { module, graph }: ReadinessEvidence): Unwirable[] {
  const found: Unwirable[] = [];
  const seen = new Set<Node>();
  const read = (root: Node, file: SourceFile) => {
    if (seen.has(root)) return;
    seen.add(root);
    walk(root, (node, ancestors) => {
      if (ancestors.some((ancestor, index) => isAside(ancestor, ancestors[index + 1] ?? node))) return;
      const refused = node.type === 'CallExpression' ? refusal(node) : undefined;
      if (refused) found.push({ file, ...refused });
      const declared = node.type === 'Identifier' ? declarationOf(file, node.name, graph) : undefined;
      if (declared && module.files.includes(declared.file)) read(declared.node, declared.file);
    });
  };
  read(port.contract, port.file);
  return found;
}

/** A function is no schema, and on the value side of a codec everything may stand. */
function isAside(ancestor: Node, child: Node): boolean {
  if (ancestor.type === 'ArrowFunctionExpression' || ancestor.type === 'FunctionExpression') return true;
  return (
    ancestor.type === 'CallExpression' &&
    isZod(ancestor.callee, 'codec') &&
    ancestor.arguments.indexOf(child as never) > 0
  );
}

function refusal({ callee }: CallExpression): Omit<Unwirable, 'file'> | undefined {
  if (callee.type !== 'MemberExpression') return undefined;
  const name = memberName(callee);
  if (name === undefined) return undefined;
  const offset = callee.property.start;
  if (isZod(callee, name) && Object.hasOwn(REFUSED_KINDS, name)) {
    return { offset, what: `z.${name}()`, remedy: REFUSED_KINDS[name]! };
  }
  const isOnSchema = callee.object.type === 'CallExpression' || callee.object.type === 'Identifier';
  if (isOnSchema && !isZod(callee, name) && Object.hasOwn(REFUSED_METHODS, name)) {
    return { offset, what: `.${name}()`, remedy: REFUSED_METHODS[name]! };
  }
  return undefined;
}

function isZod(callee: Node, name: string): boolean {
  if (callee.type !== 'MemberExpression' || memberName(callee) !== name) return false;
  return callee.object.type === 'Identifier' && callee.object.name === 'z';
}
