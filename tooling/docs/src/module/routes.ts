/** Where an operation is served. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

/** Nest's `RequestMethod`, by number. */
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'];

/** The routes of the Nest modules among `exported`, by the name of the handler, which is the operation's. */
export function routesOf(exported: readonly unknown[]): Map<string, Route> {
  const classes = exported.filter((value) => typeof value === 'function');
  const controllers = classes.flatMap((each) => (metadata(each, 'controllers') as { prototype: object }[]) ?? []);
  return new Map(controllers.flatMap(handlersOf));
}

function handlersOf(controller: { prototype: object }): [string, Route][] {
  const mount = String(metadata(controller, 'path'));
  return Object.getOwnPropertyNames(controller.prototype).flatMap((name): [string, Route][] => {
    const handler = Reflect.get(controller.prototype, name) as object;
    const method = metadata(handler, 'method');
    if (typeof method !== 'number') return [];
    return [[name, { method: METHODS[method]!, path: `${mount}${metadata(handler, 'path')}` }]];
  });
}

/** What Nest's decorators left on a class or method. Nest installs the reflection globally when it is loaded. */
function metadata(target: object, key: string): unknown {
  return (Reflect as unknown as { getMetadata(key: string, target: object): unknown }).getMetadata(key, target);
}
