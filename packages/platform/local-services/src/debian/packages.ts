import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runQuietly } from '../process/run-quietly.ts';

export function mayInstallFromDebian(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
}

/** Installs packages of Debian. Resolves to the reason when that failed. */
export async function installFromDebian(packages: readonly string[]): Promise<string | undefined> {
  await updateLists();
  return await runQuietly('apt-get', ['install', '-qq', '-y', '--no-install-recommends', ...packages], environment());
}

/**
 * Unpacks one package of Debian into a folder, complete or not at all, and installs nothing: a package that brings a
 * service would also start it, on this machine's well-known port. Resolves to the reason when that failed.
 */
export async function unpackFromDebian(packageName: string, folder: string): Promise<string | undefined> {
  await updateLists();
  await mkdir(join(folder, '..'), { recursive: true });
  const workshop = await mkdtemp(`${folder}-`);
  try {
    const failure = await runQuietly('apt-get', ['download', '-qq', packageName], environment(), workshop);
    const archive = (await readdir(workshop)).find((name) => name.endsWith('.deb'));
    if (archive === undefined) return failure ?? 'apt-get brought no package';
    const contents = join(workshop, 'contents');
    const unpacked = await runQuietly('dpkg-deb', ['--extract', join(workshop, archive), contents], environment());
    if (unpacked !== undefined) return unpacked;
    await rename(contents, folder);
    return undefined;
  } catch (error) {
    // Another start may have been faster; a rename onto its folder is refused.
    return existsSync(folder) ? undefined : (error as Error).message;
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

/** A fresh container has no package lists; a failing mirror is noticed by the step that follows. */
async function updateLists(): Promise<void> {
  await runQuietly('apt-get', ['update', '-qq'], environment());
}

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
}
