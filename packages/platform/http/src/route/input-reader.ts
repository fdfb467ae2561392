import { type Operation, wireSchema } from '@macrolith/contract';
import { InvalidRequest } from '../problem/invalid-request.js';
import { type InputIssue, unsafePart } from '../request/unsafe-json.js';
import { type JsonSchema, propertiesOf, typesOf } from './json-schema.js';
import { fitsText, fromText, type TextValue } from './query-values.js';
import { InvalidRoute, type RoutePath } from './route-path.js';

/** The parts of a request that can hold an operation's input. */
export interface InputParts {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, TextValue>>;
  readonly body: unknown;
}

/**
 * Gathers an operation's input, in wire form, from a request. Each value has one documented place: the path for the
 * parameters named there, and for the rest the query string of a GET or DELETE, or the JSON body of any other method.
 * So no command can be triggered by a link or a form of another site, which cannot send JSON.
 */
export class InputReader {
  readonly schema: JsonSchema | undefined;
  /** Whether the input stands in the request's body, but for what stands in the path. */
  readonly readsBody: boolean;
  /** The properties that stand in the query string, with their schemas. */
  readonly queryProperties: readonly (readonly [name: string, schema: JsonSchema])[];
  private readonly properties: ReadonlyMap<string, JsonSchema>;

  /** @throws InvalidRoute when the input cannot be carried by the route */
  constructor(
    operation: Operation,
    private readonly route: RoutePath,
    routeText: string,
  ) {
    this.schema = operation.input === undefined ? undefined : wireSchema(operation.input, `Input of ${operation.id}`);
    this.properties = this.schema === undefined ? new Map() : propertiesOf(this.schema);
    this.readsBody = route.method !== 'GET' && route.method !== 'DELETE';
    const isInPath = (name: string) => route.parameters.includes(name);
    this.queryProperties = this.readsBody ? [] : [...this.properties].filter(([name]) => !isInPath(name));
    this.refuseUncarriable(operation, routeText);
  }

  /** @throws InvalidRequest */
  read({ params, query, body }: InputParts): unknown {
    if (this.schema === undefined) return undefined;
    const fromPath = this.textual(this.route.parameters, params);
    const rest = this.readsBody ? this.fromBody(body, fromPath) : this.fromQuery(query);
    return { ...rest, ...fromPath };
  }

  private fromQuery(query: InputParts['query']): Record<string, unknown> {
    const names = this.queryProperties.map(([name]) => name).filter((name) => Object.hasOwn(query, name));
    return this.textual(names, query);
  }

  private fromBody(body: unknown, fromPath: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    if (body === undefined || body === null) return {};
    if (typeof body !== 'object' || Array.isArray(body)) {
      throw new InvalidRequest([{ pointer: '', message: 'must be a JSON object' }]);
    }
    const fields = body as Readonly<Record<string, unknown>>;
    const conflicts = Object.entries(fromPath).filter(([name, value]) => name in fields && fields[name] !== value);
    if (conflicts.length > 0) {
      throw new InvalidRequest(
        conflicts.map(([name]) => ({ pointer: `/${name}`, message: 'differs from the same value in the path' })),
      );
    }
    return fields;
  }

  private textual(names: readonly string[], source: Readonly<Record<string, TextValue>>): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    const issues: InputIssue[] = [];
    for (const name of names) {
      values[name] = fromText(source[name]!, this.properties.get(name) ?? {}, this.schema ?? {});
      const unsafe = unsafePart(values[name]);
      if (unsafe !== undefined) issues.push({ pointer: `/${name}${unsafe.pointer}`, message: unsafe.message });
    }
    if (issues.length > 0) throw new InvalidRequest(issues);
    return values;
  }

  private refuseUncarriable({ id }: Operation, routeText: string): void {
    const refuse = (problem: string): never => {
      throw new InvalidRoute(id, routeText, problem);
    };
    const { schema } = this;
    if (schema !== undefined && !typesOf(schema, schema).has('object')) {
      refuse('needs an input that is an object, since its parts get names. Wrap it in z.object().');
    }
    for (const name of this.route.parameters) {
      const property = this.properties.get(name);
      if (schema === undefined || property === undefined) {
        refuse(`has the parameter ':${name}', which the input does not have. Rename it, or add it to the input.`);
      } else if (!fitsText(property, schema) || typesOf(property, schema).has('array')) {
        refuse(`has the parameter ':${name}', whose value is not a single text, number or boolean.`);
      }
    }
    for (const [name, property] of this.queryProperties) {
      if (fitsText(property, schema!)) continue;
      refuse(`would need '${name}' in a query string, which holds no objects. Use POST, or flatten the input.`);
    }
  }
}
