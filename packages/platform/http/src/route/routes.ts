import type { AnyPort, Operation } from '@macrolith/contract';
import { Controller, Inject, Req, RequestMapping, RequestMethod, Res, type Type } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type CommandStatus, mountOf, Route } from './route.js';
import { InvalidRoute } from './route-path.js';

type Text<Op> =
  Op extends Operation<'query', any, any, any>
    ? `GET /${string}` | `POST /${string}`
    : `POST /${string}` | `PUT /${string}` | `PATCH /${string}` | `DELETE /${string}`;

/** A route that says whether its command makes something new: 201, or answers with what was there: 200. */
export interface RouteWithStatus<Place extends string = string> {
  readonly route: Place;
  readonly status: CommandStatus;
}

type Declared<Op> = Op extends Operation<'command', any, any, any> ? Text<Op> | RouteWithStatus<Text<Op>> : Text<Op>;

/** The routes of a port: operations by name, each with a method and a path below `/api/<module>`. */
export type RoutesOf<P extends AnyPort> = { readonly [Name in keyof P['op']]?: Declared<P['op'][Name]> };

type TextOf<Route> = Route extends RouteWithStatus<infer Place> ? Place : Route;

type ParametersOf<Path> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParametersOf<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

type InputKeys<Op> = Op extends Operation<any, infer In, any, any> ? keyof In : never;

/** Each route as it is, or a sentence for a path parameter that the operation's input does not have. */
type Checked<P extends AnyPort, Routes> = {
  readonly [Name in keyof Routes]: Name extends keyof P['op']
    ? [Exclude<ParametersOf<TextOf<Routes[Name]>>, InputKeys<P['op'][Name]>>] extends [never]
      ? Routes[Name]
      : `The input has no '${Exclude<ParametersOf<TextOf<Routes[Name]>>, InputKeys<P['op'][Name]>> & string}'.`
    : never;
};

const ROUTES = Symbol.for('macrolith.routes');

/**
 * Makes a Nest controller that serves operations of a port over HTTP, for the manifest's `web`:
 * ```ts
 * routes(Catalog, {
 *   getProduct: 'GET /products/:productId',
 *   addProduct: 'POST /products',
 *   discontinue: { route: 'POST /products/:productId/discontinue', status: 200 },
 * })
 * ```
 * Path parameters, and the query string of a GET or DELETE or else the JSON body, make up the input. Answers: 200, 201
 * for a POST command with an answer unless it is declared to make nothing new, 204 without an answer, 202 for a task;
 * declared errors as problem documents.
 *
 * @throws InvalidRoute when a route cannot carry its operation
 */
export function routes<P extends AnyPort, const R extends RoutesOf<P>>(port: P, paths: R & Checked<P, R>): Type {
  const { name: contract, module, operations } = port.contract;
  const declared = Object.entries(paths as Readonly<Record<string, string | RouteWithStatus>>).map(([name, given]) => {
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    const { route: text, status } = typeof given === 'string' ? { route: given, status: undefined } : given;
    if (operation === undefined) {
      throw new InvalidRoute(`${contract}.${name}`, text, `names no operation of '${contract}'. Correct the name.`);
    }
    return new Route(operation, text, status);
  });
  refuseDuplicates(declared);
  return controllerOf(port, module, declared);
}

/** The routes that `routes()` gave a controller; none for a hand-written one. */
export function routesOf(controller: Type): readonly Route[] {
  return (controller as unknown as { [ROUTES]?: readonly Route[] })[ROUTES] ?? [];
}

type Calls = Readonly<Record<string, (input: unknown) => Promise<unknown>>>;

function controllerOf(port: AnyPort, module: string, declared: readonly Route[]): Type {
  class RoutesController {
    static readonly [ROUTES] = declared;
    constructor(readonly port: Calls) {}
  }
  Object.defineProperty(RoutesController, 'name', { value: `${port.name}Routes` });
  Controller(mountOf(module))(RoutesController);
  Inject(port)(RoutesController, undefined, 0);
  for (const route of declared) defineHandler(RoutesController.prototype, route);
  return RoutesController;
}

function defineHandler(prototype: object, route: Route): void {
  const { name } = route.operation;
  const handler = {
    [name](this: { readonly port: Calls }, request: FastifyRequest, reply: FastifyReply) {
      return route.answer((input) => this.port[name]!(input), request, reply);
    },
  }[name]!;
  Object.defineProperty(prototype, name, { value: handler, configurable: true, writable: true });
  Reflect.defineMetadata('design:paramtypes', [Object, Object], prototype, name);
  Req()(prototype, name, 0);
  Res({ passthrough: true })(prototype, name, 1);
  const mapping = RequestMapping({ path: route.path.path, method: RequestMethod[route.path.method] });
  mapping(prototype, name, Object.getOwnPropertyDescriptor(prototype, name)!);
}

function refuseDuplicates(declared: readonly Route[]): void {
  const taken = new Map<string, Route>();
  for (const route of declared) {
    const place = `${route.path.method} ${route.path.path.replaceAll(/:[^/]+/g, ':')}`;
    const other = taken.get(place);
    if (other !== undefined) {
      const problem = `is the same as '${other.text}' of ${other.operation.id}. Give one of them another path.`;
      throw new InvalidRoute(route.operation.id, route.text, problem);
    }
    taken.set(place, route);
  }
}
