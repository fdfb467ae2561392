/** The part of JSON Schema that contracts are made of. */
export interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
}

/** What `integer()` makes of a bigint. */
const DIGITS = /^\^\(0\|-?\[1-9\]/;

/** What a value is on the wire, in a few words. Objects and lists of objects have rows of their own for their fields. */
export function wordsOf(schema: Schema): string {
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(code).join(' or ');
  const variants = schema.oneOf ?? schema.anyOf;
  if (variants !== undefined) return variants.map(wordsOf).join(' or ');
  if (isMoney(schema)) return 'money';
  switch (schema.type) {
    case 'string':
      return text(schema);
    case 'integer':
    case 'number':
      return `${schema.type}${range(schema.minimum, schema.maximum)}`;
    case 'array':
      return `list of ${plural(wordsOf(schema.items ?? {}))}${range(schema.minItems, schema.maxItems)}`;
    case 'object':
      return typeof schema.additionalProperties === 'object'
        ? `object of ${plural(wordsOf(schema.additionalProperties))}`
        : 'object';
    default:
      return schema.type ?? 'anything';
  }
}

/** `{ amountMinor, currency }`, whose parts every reader knows after the first time. */
export function isMoney({ properties }: Schema): boolean {
  return properties !== undefined && Object.keys(properties).sort().join() === 'amountMinor,currency';
}

function text({ format, pattern, minLength, maxLength }: Schema): string {
  if (format === 'date-time') return 'instant';
  if (format !== undefined) return format;
  if (pattern?.match(DIGITS)) return 'digits';
  return `text${range(minLength, maxLength)}`;
}

/** Limits that are those of the number type itself are no news. */
function range(from: number | undefined, to: number | undefined): string {
  const low = from === Number.MIN_SAFE_INTEGER ? undefined : from?.toLocaleString('en');
  const high = to === Number.MAX_SAFE_INTEGER ? undefined : to?.toLocaleString('en');
  if (low === undefined && high === undefined) return '';
  if (low === undefined) return ` (at most ${high})`;
  if (high === undefined) return ` (at least ${low})`;
  return ` (${low} to ${high})`;
}

function plural(words: string): string {
  return words === 'object' || words === 'uuid' ? `${words}s` : words;
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
