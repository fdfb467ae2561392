import { readFileSync } from 'node:fs';
import { UsageError } from '../usage-error.js';

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

const NAME = /^[a-z][a-z0-9-]*$/;
const EVENT = /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/;
const KNOWN = ['name', 'owner', 'serves', 'calls', 'hears'];

/** @throws UsageError that says what is wrong with the file */
export function readProgram(file: string): NatsProgram {
  const { name, owner, serves = [], calls = [], hears = [], ...rest } = contentOf(file);
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw new UsageError(`${file} has '${unknown}'. A program has: ${KNOWN.join(', ')}.`);
  if (!isText(name, NAME)) throw new UsageError(`${file} has no "name" of small letters, digits and dashes.`);
  if (!isText(owner, /\S/)) throw new UsageError(`${file} has no "owner". Name the team that answers for ${name}.`);
  return {
    name,
    owner,
    serves: list(serves, NAME, `${file}: "serves" lists names of modules, such as "fraud".`),
    calls: list(calls, NAME, `${file}: "calls" lists names of modules, such as "catalog".`),
    hears: list(hears, EVENT, `${file}: "hears" lists events without their version, such as "orders.order-placed".`),
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

function list(value: unknown, form: RegExp, problem: string): readonly string[] {
  if (Array.isArray(value) && value.every((each) => isText(each, form))) return value;
  throw new UsageError(problem);
}

function isText(value: unknown, form: RegExp): value is string {
  return typeof value === 'string' && form.test(value);
}
