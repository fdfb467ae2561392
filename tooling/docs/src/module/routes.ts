import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { workspaceRoot } from '../workspace.ts';

/** Where an operation is served. */
export interface Route {
  readonly method: string;
  readonly path: string;
  /** The status of a success. */
  readonly status: number;
}

/** A route as `@macrolith/http` has it. */
interface DeclaredRoute {
  readonly operation: { readonly name: string };
  readonly path: { readonly method: string };
  readonly url: string;
  readonly status: number;
}

const { routesOf } = (await import(
  pathToFileURL(join(workspaceRoot, 'packages/platform/http/dist/index.js')).href
)) as {
  routesOf(controller: unknown): readonly DeclaredRoute[];
};

/** The routes of the Nest modules among `exported`, by the name of the operation. */
export function routesByOperation(exported: readonly unknown[]): Map<string, Route> {
  const declared = exported
    .filter((value) => typeof value === 'function')
    .flatMap(controllersOf)
    .flatMap(routesOf);
  return new Map(
    declared.map(({ operation, path, url, status }) => [operation.name, { method: path.method, path: url, status }]),
  );
}

/** What Nest's `@Module` left on a class. Nest installs the reflection globally when it is loaded. */
function controllersOf(nestModule: Function): readonly unknown[] {
  const { getMetadata } = Reflect as unknown as { getMetadata(key: string, target: object): unknown };
  return (getMetadata('controllers', nestModule) as unknown[] | undefined) ?? [];
}
