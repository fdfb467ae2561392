import { UsageError } from '../usage-error.js';
import { RESERVED_IN_CODE, RESERVED_IN_SQL } from './reserved-words.js';

/** A new module's name, in every form in which the template needs it. */
export interface ModuleName {
  /** `gift-cards`: the folder, the package, the contract's name. */
  readonly kebab: string;
  /** `GiftCards`: the port. */
  readonly pascal: string;
  /** `giftCards`: the manifest. */
  readonly camel: string;
  /** `gift_cards`: the schema. */
  readonly snake: string;
  /** `Gift cards`: for people. */
  readonly title: string;
}

const PATTERN = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** The longest schema name that a manifest may have. */
const MAX_LENGTH = 30;

/** Why a name that is well formed cannot be used. */
const RESERVED: ReadonlyMap<string, string> = new Map([
  ...['app', 'owner'].map((name) => [name, 'a database role of the platform has that name'] as const),
  ...['public', 'information-schema', 'pg'].map((name) => [name, 'PostgreSQL has a schema of that name'] as const),
  ...['api', 'assets', 'console', 'docs', 'health', 'openapi'].map(
    (name) => [name, 'the shell serves something at that path'] as const,
  ),
  ...[
    'port',
    'entry',
    'entry-row',
    'events',
    'routes',
    'database',
    'outbox',
    'transactional',
    'repository',
    'injectable',
    'promise',
    'map',
    'date',
    'string',
    'object',
  ].map((name) => [name, 'the code of a new module gives that name to something else'] as const),
]);

/** @throws UsageError when no module can have this name */
export function moduleName(name: string): ModuleName {
  if (!PATTERN.test(name) || name.length > MAX_LENGTH) {
    throw new UsageError(
      `'${name}' cannot name a module. Use up to ${MAX_LENGTH} lower-case letters and digits, words joined by single dashes, beginning with a letter: gift-cards.`,
    );
  }
  const reason = whyReserved(name);
  if (reason !== undefined) throw new UsageError(`A module cannot be called '${name}': ${reason}.`);

  const words = name.split('-');
  const pascal = words.map(capitalised).join('');
  return {
    kebab: name,
    pascal,
    camel: pascal[0]!.toLowerCase() + pascal.slice(1),
    snake: words.join('_'),
    title: capitalised(words.join(' ')),
  };
}

function whyReserved(name: string): string | undefined {
  if (RESERVED.has(name)) return RESERVED.get(name);
  if (name.startsWith('pg-')) return 'PostgreSQL keeps schemas that begin with pg_';
  // The manifest's constant is the name in camel case, which is a word only where the name is one.
  if (RESERVED_IN_CODE.has(name)) return 'TypeScript keeps that word to itself';
  if (RESERVED_IN_SQL.has(name.replaceAll('-', '_'))) return 'SQL keeps that word to itself';
  return undefined;
}

function capitalised(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
