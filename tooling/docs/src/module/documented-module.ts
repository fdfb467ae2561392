import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Contract, isPort } from '@macrolith/contract';
import { workspaceRoot } from '../workspace.ts';
import { publicComments } from './doc-comments.ts';
import { type Route, routesByOperation } from './routes.ts';

/** Everything that the reference tells about a module. */
export interface DocumentedModule {
  readonly name: string;
  readonly package: string;
  readonly owner: string;
  readonly schema: string;
  /** Packages of the modules that it uses. */
  readonly uses: readonly string[];
  readonly contract: Contract;
  /** By the operation's name. Some operations have none. */
  readonly routes: ReadonlyMap<string, Route>;
  /** What the source says about a class, operation or event, by its name. */
  readonly comments: ReadonlyMap<string, string>;
}

type Listed = Pick<DocumentedModule, 'name' | 'package' | 'owner' | 'schema' | 'uses'>;

/** The modules of this workspace, from their builds and sources. */
export async function documentedModules(): Promise<DocumentedModule[]> {
  const macro = join(workspaceRoot, 'node_modules/.bin/macro');
  const graph = execFileSync(macro, ['graph', '--json', '--root', workspaceRoot], { encoding: 'utf8' });
  const { modules } = JSON.parse(graph) as { modules: Listed[] };
  return Promise.all(modules.map(documented));
}

async function documented(listed: Listed): Promise<DocumentedModule> {
  const folder = join(workspaceRoot, 'packages/modules', listed.name);
  const ports = Object.values(await built(folder, 'index')).filter(isPort);
  const { contract } = ports.find((port) => port.contract.name === listed.name)!;
  return {
    ...listed,
    contract,
    routes: routesByOperation(Object.values(await built(folder, 'local'))),
    comments: publicComments(join(folder, 'src/index.ts')),
  };
}

function built(folder: string, entry: string): Promise<Record<string, unknown>> {
  return import(pathToFileURL(join(folder, 'dist', `${entry}.js`)).href);
}
