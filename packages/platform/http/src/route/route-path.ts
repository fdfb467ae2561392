import { PlatformError } from '@macrolith/core';

export const HTTP_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type HttpMethod = (typeof HTTP_METHODS)[number];

/** `'GET /products/:productId'`, taken apart. */
export interface RoutePath {
  readonly method: HttpMethod;
  /** Below the module's mount point, with `:name` parameters. */
  readonly path: string;
  readonly parameters: readonly string[];
}

/** A route that cannot be served as it is declared. Raised when the contract's routes are defined. */
export class InvalidRoute extends PlatformError {
  readonly code = 'macrolith.invalid-route';
  constructor(
    readonly operation: string,
    readonly route: string,
    problem: string,
  ) {
    super(`The route '${route}' of ${operation} ${problem}`);
  }
}

const ROUTE = /^([A-Z]+) (\/\S*)$/;
const SEGMENT = /^(?::[A-Za-z_][A-Za-z0-9_]*|[A-Za-z0-9._~-]+)$/;

/** Reads `'METHOD /path/:param'`; refuses what is not exactly that. */
export function parseRoutePath(route: string, operation: string): RoutePath {
  const match = ROUTE.exec(route);
  const method = HTTP_METHODS.find((known) => known === match?.[1]);
  if (match === null || method === undefined) {
    throw new InvalidRoute(operation, route, `is not 'METHOD /path' with a method of ${HTTP_METHODS.join(', ')}.`);
  }
  const path = match[2]!;
  const segments = path === '/' ? [] : path.slice(1).split('/');
  const wrong = segments.find((segment) => !SEGMENT.test(segment));
  if (wrong !== undefined) {
    throw new InvalidRoute(
      operation,
      route,
      `has the segment '${wrong}'. Use plain words and ':name' parameters only.`,
    );
  }
  const parameters = segments.filter((segment) => segment.startsWith(':')).map((segment) => segment.slice(1));
  const twice = parameters.find((parameter, index) => parameters.indexOf(parameter) !== index);
  if (twice !== undefined) throw new InvalidRoute(operation, route, `names the parameter '${twice}' twice.`);
  return { method, path, parameters };
}
