import { wireSchema } from '@macrolith/contract';
import { statusOf } from '../problem/declared-error.js';
import { PROBLEM_MEDIA_TYPE } from '../problem/problem.js';
import { type JsonSchema, propertiesOf, requiredOf } from '../route/json-schema.js';
import type { Route } from '../route/route.js';
import { type Components, type Reference, reference } from './components.js';

/** The name of the security scheme of operations that ask for a permission. */
export const BEARER = 'bearer';

type Node = Readonly<Record<string, unknown>>;

/** One route as an Operation Object (OpenAPI 3.1, section 4.8.10). */
export function describeOperation(route: Route, components: Components): Node {
  const { operation } = route;
  const body = requestBody(route, components);
  const parameters = describeParameters(route, components);
  return {
    tags: [operation.module],
    operationId: operation.id,
    summary: sentence(operation.name),
    ...(operation.permission !== undefined && { security: [{ [BEARER]: [operation.permission] }] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && { requestBody: body }),
    responses: { ...success(route, components), ...failures(route, components) },
  };
}

function describeParameters(route: Route, components: Components): Node[] {
  const { schema = {} } = route.input;
  const required = new Set(requiredOf(schema));
  const properties = propertiesOf(schema);
  const describe = (name: string, place: 'path' | 'query') => ({
    name,
    in: place,
    required: place === 'path' || required.has(name),
    schema: describeProperty(route, name, properties.get(name) ?? {}, components),
  });
  const path = route.path.parameters.map((name) => describe(name, 'path'));
  const query = route.input.queryProperties.map(([name]) => describe(name, 'query'));
  // A task is put into a queue each time it is asked for: a key changes nothing there.
  const key = route.operation.kind === 'command' ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : [];
  return [...path, ...query, ...key];
}

function requestBody(route: Route, components: Components): Node | undefined {
  const { schema, readsBody } = route.input;
  if (schema === undefined || !readsBody) return undefined;
  const { parameters } = route.path;
  const rest = [...propertiesOf(schema).keys()].filter((name) => !parameters.includes(name));
  if (rest.length === 0) return undefined;
  const required = requiredOf(schema).filter((name) => !parameters.includes(name));
  const body =
    parameters.length === 0 ? inputReference(route, components) : bodyReference(route, rest, required, components);
  return { required: required.length > 0, content: { 'application/json': { schema: body } } };
}

/** The input without what stands in the path. */
function bodyReference(route: Route, names: string[], required: string[], components: Components): Reference {
  const { schema } = route.input;
  const properties = Object.fromEntries([...propertiesOf(schema!)].filter(([name]) => names.includes(name)));
  const { $defs } = schema!;
  return components.add(`${route.operation.id}.body`, {
    type: 'object',
    properties,
    ...(required.length > 0 && { required }),
    ...($defs !== undefined && { $defs }),
  });
}

function inputReference(route: Route, components: Components): Reference {
  return components.add(`${route.operation.id}.input`, route.input.schema ?? {});
}

/** A property as it is, or by reference into its component when it refers to other parts of the input. */
function describeProperty(route: Route, name: string, property: JsonSchema, components: Components): Node {
  const isSelfContained = !JSON.stringify(property).includes('"$ref"');
  return isSelfContained ? property : { $ref: `${inputReference(route, components).$ref}/properties/${name}` };
}

function success(route: Route, components: Components): Node {
  const { operation, status } = route;
  const headers: Record<string, Node> = { traceparent: { $ref: '#/components/headers/traceparent' } };
  if (operation.output === undefined) {
    return { [status]: { description: status === 202 ? 'Accepted: it will be done.' : 'Done.', headers } };
  }
  const schema = wireSchema(operation.output, `Output of ${operation.id}`) as JsonSchema;
  if (propertiesOf(schema).has('nextCursor')) headers.Link = { $ref: '#/components/headers/Link' };
  const content = { 'application/json': { schema: components.add(`${operation.id}.output`, schema) } };
  return { [status]: { description: 'Done.', headers, content } };
}

function failures(route: Route, components: Components): Node {
  const byStatus = new Map<number, Reference[]>();
  const add = (status: number, schema: Reference) => byStatus.set(status, [...(byStatus.get(status) ?? []), schema]);
  if (route.input.schema !== undefined) add(400, reference('Problem'));
  if (route.operation.permission !== undefined) for (const status of [401, 403]) add(status, reference('Problem'));
  for (const declared of route.operation.errors) add(statusOf(declared.kind), components.addError(declared));
  const described = [...byStatus].map(([status, schemas]) => [String(status), problemResponse(status, schemas)]);
  return { ...Object.fromEntries(described), default: { $ref: '#/components/responses/Problem' } };
}

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'The request cannot succeed as it is.',
  401: 'Nobody knows who asks.',
  403: 'This caller may not do it.',
  404: 'What was named does not exist.',
  409: 'The present state does not allow it.',
  422: 'A rule says no.',
};

function problemResponse(status: number, schemas: readonly Reference[]): Node {
  const schema = schemas.length === 1 ? schemas[0] : { anyOf: schemas };
  return { description: DESCRIPTIONS[status] ?? 'It failed.', content: { [PROBLEM_MEDIA_TYPE]: { schema } } };
}

/** `getProduct` → `Get product` */
function sentence(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
