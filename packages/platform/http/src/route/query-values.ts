import { itemsOf, type JsonSchema, typesOf } from './json-schema.js';

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** What a path or a query string can carry: text, or a list of texts by repeating a name. */
export type TextValue = string | readonly string[];

/**
 * Turns the text of a path parameter or a query string into the JSON value that `schema` asks for. Text that does not
 * fit stays text, so that the contract's own check names the fault.
 */
export function fromText(value: TextValue, schema: JsonSchema, root: JsonSchema): unknown {
  const types = typesOf(schema, root);
  if (!types.has('array')) return typeof value === 'string' ? scalar(value, types) : value;
  const items = itemsOf(schema, root);
  const texts = typeof value === 'string' ? [value] : value;
  return texts.map((text) => scalar(text, typesOf(items, root)));
}

/** Whether every value of `schema` can be written into a query string. */
export function fitsText(schema: JsonSchema, root: JsonSchema): boolean {
  const types = typesOf(schema, root);
  if (types.has('object')) return false;
  if (!types.has('array')) return true;
  const items = typesOf(itemsOf(schema, root), root);
  return !items.has('object') && !items.has('array');
}

function scalar(text: string, types: ReadonlySet<string>): unknown {
  if (types.has('string')) return text;
  if ((types.has('number') || types.has('integer')) && NUMBER.test(text)) return Number(text);
  if (types.has('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
