import { readFileSync } from 'node:fs';
import { UsageError } from '../usage-error.js';
import { isPlainEvent, isPlainName } from './plain-names.js';

/** A program that is no module of the workspace, for instance one in another language, as its `program.json` tells of it. */
export interface NatsProgram {
  /** Of its user, and of its durable consumers. */
  readonly name: string;
  /** The team that answers for it. */
  readonly owner: string;
  /** Modules whose calls it answers. */
  readonly serves: readonly string[];
  /** Modules that it calls. */
  readonly calls: readonly string[];
  /** Events without their version: `orders.order-placed`. */
  readonly hears: readonly string[];
}

/** Control characters, and what Unicode takes for the end of a line. */
const NOT_IN_ONE_LINE = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const KNOWN = ['name', 'owner', 'serves', 'calls', 'hears'];

/** @throws UsageError that says what is wrong with the file */
export function readProgram(file: string): NatsProgram {
  const { name, owner, serves = [], calls = [], hears = [], ...rest } = contentOf(file);
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw new UsageError(`${file} has '${unknown}'. A program has: ${KNOWN.join(', ')}.`);
  if (!isText(name, isPlainName)) throw new UsageError(`${file} has no "name" of small letters, digits and dashes.`);
  if (!isText(owner, isWritten))
    throw new UsageError(`${file} has no "owner". Name the team that answers for ${name}.`);
  if (NOT_IN_ONE_LINE.test(owner)) {
    throw new UsageError(
      `${file} has an "owner" with a line break or another control character. It becomes a line of nats-server's configuration: ` +
        `name the team that answers for ${name} in one line.`,
    );
  }
  return {
    name,
    owner,
    serves: list(serves, isPlainName, `${file}: "serves" lists names of modules, such as "fraud".`),
    calls: list(calls, isPlainName, `${file}: "calls" lists names of modules, such as "catalog".`),
    hears: list(
      hears,
      isPlainEvent,
      `${file}: "hears" lists events without their version, such as "orders.order-placed".`,
    ),
  };
}

function contentOf(file: string): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof content !== 'object' || content === null) throw new Error('it holds no object');
    return content as Record<string, unknown>;
  } catch (error) {
    throw new UsageError(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
}

function list(value: unknown, isOne: (text: string) => boolean, problem: string): readonly string[] {
  if (Array.isArray(value) && value.every((each) => isText(each, isOne))) return value;
  throw new UsageError(problem);
}

function isText(value: unknown, isOne: (text: string) => boolean): value is string {
  return typeof value === 'string' && isOne(value);
}

function isWritten(text: string): boolean {
  return text.trim() !== '';
}
