import { importStatements } from '../imports/import-statement.js';
import type { WorkspacePackage } from './workspace-package.js';

/** What a module tells stories with. */
const OPERATIONS = '@macrolith/events/operations';

/** Whether a module tells what followed from something, and so has to ask the logs of all others: its code imports what asks them. */
export function tellsStories({ files }: WorkspacePackage): boolean {
  return files
    .filter(({ role, text }) => role === 'source' && text.includes(OPERATIONS))
    .flatMap((file) => importStatements(file))
    .some(({ specifier, kind }) => specifier === OPERATIONS && kind !== 'type-only');
}
