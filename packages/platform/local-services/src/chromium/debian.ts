import { existsSync } from 'node:fs';
import { runQuietly } from '../process/run-quietly.ts';

export function mayInstallFromDebian(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
}

/** Installs Debian's Chromium. Resolves to the reason when that failed. */
export async function installFromDebian(): Promise<string | undefined> {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // A fresh container has no package lists; a failing mirror is noticed by the installation that follows.
  await runQuietly('apt-get', ['update', '-qq'], environment);
  const packages = ['chromium', 'fonts-liberation'];
  return await runQuietly('apt-get', ['install', '-qq', '-y', '--no-install-recommends', ...packages], environment);
}
