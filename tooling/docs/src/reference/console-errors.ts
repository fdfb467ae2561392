import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ErrorClass, isPort } from '@macrolith/contract';
import { docComments } from '../module/doc-comments.ts';
import { workspaceRoot } from '../workspace.ts';

/** An error that the console's routes answer with. */
export interface ConsoleError {
  readonly error: ErrorClass;
  readonly meaning: string;
}

const CONSOLE = join(workspaceRoot, 'packages/platform/console');
/** Where the errors are declared that its contract names. */
const SOURCES = [
  join(CONSOLE, 'src/run-errors.ts'),
  join(workspaceRoot, 'packages/platform/events/src/operations/operation-errors.ts'),
];

/** The errors of the console, which is no module and so has no page of its own. */
export async function consoleErrors(): Promise<readonly ConsoleError[]> {
  const built = (await import(pathToFileURL(join(CONSOLE, 'dist/index.js')).href)) as Record<string, unknown>;
  const { contract } = Object.values(built).find(isPort)!;
  const comments = new Map(SOURCES.flatMap((file) => [...docComments(readFileSync(file, 'utf8'))]));
  const errors = new Set(Object.values(contract.operations).flatMap((operation) => [...operation.errors]));
  return [...errors]
    .sort((one, other) => (one.code < other.code ? -1 : 1))
    .map((error) => ({ error, meaning: comments.get(error.name) ?? '' }));
}
