import { join } from 'node:path';

/** The root folder of this repository. */
export const workspaceRoot = join(import.meta.dirname, '../../..');
