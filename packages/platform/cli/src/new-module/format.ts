import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * Formats a new folder as the workspace formats everything, if it uses Biome: where a line breaks and how imports are
 * sorted depends on the module's name. A workspace with another formatter runs it itself.
 */
export function formatFolder(root: string, folder: string): void {
  const biome = path.join(root, 'node_modules/.bin/biome');
  if (existsSync(biome)) spawnSync(biome, ['check', '--write', folder], { cwd: root, stdio: 'ignore' });
}
