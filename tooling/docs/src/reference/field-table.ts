import { isMoney, type Schema, wordsOf } from './schema-words.ts';

interface Field {
  readonly path: string;
  readonly words: string;
  readonly optional: boolean;
  readonly description: string;
}

/** A Markdown table of the fields of a schema, nested ones as `lines[].quantity`; one line for what has no fields. */
export function fieldTable(schema: Schema): string {
  const fields = fieldsOf(schema, '');
  if (fields.length === 0) return `${capital(wordsOf(schema))}${schema.description ? `: ${schema.description}` : '.'}`;
  const rows = fields.map(
    ({ path, words, optional, description }) =>
      `| \`${path}\` | ${words}${optional ? ', optional' : ''} | ${cell(description)} |`,
  );
  return ['| field | is | |', '| --- | --- | --- |', ...rows].join('\n');
}

function fieldsOf(schema: Schema, prefix: string): Field[] {
  const { properties, required = [] } = schema;
  if (schema.type === 'array' && schema.items !== undefined) return fieldsOf(schema.items, `${prefix}[]`);
  if (properties === undefined || isMoney(schema)) return [];
  return Object.entries(properties).flatMap(([name, property]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const field = {
      path,
      words: wordsOf(property),
      optional: !required.includes(name),
      description: property.description ?? '',
    };
    const variants = property.oneOf ?? property.anyOf ?? [property];
    return [field, ...variants.flatMap((variant) => fieldsOf(variant, path))];
  });
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
