import type { ErrorClass } from '@macrolith/contract';
import { wireSchema } from '@macrolith/contract';
import { statusOf } from '../problem/declared-error.js';
import { titleOf } from '../problem/problem.js';
import type { JsonSchema } from '../route/json-schema.js';

export type Reference = { readonly $ref: string };

/** zod's name for a part that refers to itself and has no id. */
const UNNAMED_PART = /^__schema\d+$/;

/** The schemas of the document, each under a name that begins with its module. */
export class Components {
  readonly schemas: Record<string, JsonSchema> = { Problem: PROBLEM };

  /** Adds a JSON Schema document of its own under `name`, its parts beside it. */
  add(name: string, schema: JsonSchema): Reference {
    const module = name.split('.', 1)[0]!;
    const { $defs = {}, ...root } = schema;
    const names = new Map(
      Object.keys($defs).map((part) => [part, UNNAMED_PART.test(part) ? `${name}.${part}` : `${module}.${part}`]),
    );
    for (const [part, definition] of Object.entries($defs)) {
      this.schemas[names.get(part)!] = relocated(definition, name, names);
    }
    this.schemas[name] = relocated(root, name, names);
    return reference(name);
  }

  /** A declared error as the problem document that tells of it. */
  addError({ code, kind, fields }: ErrorClass): Reference {
    if (code in this.schemas) return reference(code);
    const { properties, required, ...own } = wireSchema(fields, `Error ${code}`) as JsonSchema;
    const status = statusOf(kind);
    return this.add(code, {
      ...own,
      title: titleOf(code),
      allOf: [reference('Problem')],
      properties: { ...properties, code: { const: code }, status: { const: status } },
      required: ['code', 'status', ...(required ?? [])],
    });
  }
}

export function reference(name: string): Reference {
  return { $ref: `#/components/schemas/${name}` };
}

/** A schema whose local references point at the document's components. */
function relocated(schema: JsonSchema, name: string, names: ReadonlyMap<string, string>): JsonSchema {
  return mapReferences(schema, (target) => {
    if (target === '#') return reference(name).$ref;
    const part = names.get(target.replace(/^#\/\$defs\//, ''));
    return part === undefined ? target : reference(part).$ref;
  }) as JsonSchema;
}

function mapReferences(value: unknown, relocate: (target: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => mapReferences(item, relocate));
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.entries(value).map(([keyword, part]) =>
    keyword === '$ref' && typeof part === 'string'
      ? [keyword, relocate(part)]
      : [keyword, mapReferences(part, relocate)],
  );
  return withExample(Object.fromEntries(parts));
}

/** Pages that show an example would make one up from the pattern, in the year 9472. */
function withExample(schema: JsonSchema): JsonSchema {
  if (schema.format !== 'date-time' || schema.examples !== undefined) return schema;
  return { ...schema, examples: ['2026-11-20T12:00:00.000Z'] };
}

const PROBLEM: JsonSchema = {
  type: 'object',
  title: 'Problem',
  description: 'An error, as RFC 9457 describes it.',
  properties: {
    type: { type: 'string', description: '`urn:macrolith:problem:` and the code.' },
    title: { type: 'string', description: 'The same for every problem of this type.' },
    status: { type: 'integer', description: 'The HTTP status.' },
    detail: { type: 'string', description: 'What happened this time, for a person.' },
    instance: { type: 'string', description: 'The path of the request.' },
    code: { type: 'string', description: 'Stable, for programs.' },
    traceId: { type: 'string', description: 'Finds the request in logs and traces.' },
    issues: {
      type: 'array',
      description: 'What is wrong with the input, part by part.',
      items: {
        type: 'object',
        properties: {
          pointer: { type: 'string', description: 'JSON Pointer into the input.' },
          message: { type: 'string' },
        },
        required: ['pointer', 'message'],
      },
    },
  },
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'traceId'],
};
