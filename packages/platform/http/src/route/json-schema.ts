/** The part of JSON Schema (2020-12) that routes and the API document read. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly [keyword: string]: unknown;
}

/** Every alternative that a value may take, with local references followed. */
export function alternatives(schema: JsonSchema, root: JsonSchema): JsonSchema[] {
  const found = new Set<JsonSchema>();
  const visit = (part: JsonSchema) => {
    const target = dereference(part, root);
    if (found.has(target)) return;
    found.add(target);
    for (const branch of [...(target.anyOf ?? []), ...(target.oneOf ?? []), ...(target.allOf ?? [])]) visit(branch);
  };
  visit(schema);
  return [...found];
}

/** The JSON types that a value of `schema` may have; a `const` or `enum` without a type counts by its values. */
export function typesOf(schema: JsonSchema, root: JsonSchema): Set<string> {
  return new Set(alternatives(schema, root).flatMap(ownTypes));
}

/** The named properties of an object schema, also those of its alternatives. */
export function propertiesOf(schema: JsonSchema): Map<string, JsonSchema> {
  return new Map(alternatives(schema, schema).flatMap((part) => Object.entries(part.properties ?? {})));
}

/** The names that every value of an object schema has. */
export function requiredOf(schema: JsonSchema): string[] {
  const { required = [], allOf = [] } = dereference(schema, schema);
  return [...new Set([...required, ...allOf.flatMap((part) => dereference(part, schema).required ?? [])])];
}

/** The schema of an array's items; `{}` when any value may stand there. */
export function itemsOf(schema: JsonSchema, root: JsonSchema): JsonSchema {
  return alternatives(schema, root).find((part) => part.items !== undefined)?.items ?? {};
}

function dereference(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const name = schema.$ref?.match(/^#\/\$defs\/(.+)$/)?.[1];
  if (schema.$ref === '#') return root;
  return name === undefined ? schema : (root.$defs?.[name] ?? schema);
}

function ownTypes(schema: JsonSchema): string[] {
  if (typeof schema.type === 'string') return [schema.type];
  if (schema.type !== undefined) return [...schema.type];
  const values = 'const' in schema ? [schema.const] : Array.isArray(schema.enum) ? schema.enum : [];
  return values.map(jsonTypeOf);
}

function jsonTypeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}
