import { isAbsolute } from 'node:path';
import { installFromDebian, mayInstallFromDebian } from '../debian/packages.ts';
import { LocalServiceError } from '../error.ts';
import { isProgram, programOnPath } from '../program/on-path.ts';
import { downloadWithPlaywright, playwrightsChromium } from './playwright.ts';

/** The variables that name a Chromium, the most specific first. */
export const CHROMIUM_VARIABLES = ['MACROLITH_CHROMIUM', 'CHROMIUM'] as const;

/** What Chromium and its brand siblings are called on PATH. */
const PROGRAM_NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

const DEBIAN_PACKAGES = ['chromium', 'fonts-liberation'];

export interface ChromiumOptions {
  /** Install one when none is there: Debian's package where root, else Playwright's own download. Default: false. */
  readonly install?: boolean;
  /** Told one line before each step that takes long. */
  readonly onProgress?: (line: string) => void;
  /** Default: that of the process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * The absolute path of a Chromium: the one that the environment names, else from PATH, else the one that Playwright
 * downloaded before, else a newly installed one.
 * @throws LocalServiceError `no-chromium`
 */
export async function findChromium(options: ChromiumOptions = {}): Promise<string> {
  const { environment = process.env, onProgress = () => {} } = options;
  const found = namedBy(environment) ?? onPath(environment.PATH ?? '') ?? playwrightsChromium();
  if (found !== undefined) return found;
  if (!options.install) throw missing('none was found on PATH');

  if (mayInstallFromDebian()) {
    onProgress('Installing Chromium for the browser tests (apt-get, about a minute)');
    const failure = await installFromDebian(DEBIAN_PACKAGES);
    const installed = onPath(environment.PATH ?? '');
    if (installed !== undefined) return installed;
    onProgress(`Debian's package could not be installed (${failure ?? 'it brought no program'})`);
  }
  onProgress('Downloading Chromium for the browser tests (Playwright, about 150 MB)');
  const failure = await downloadWithPlaywright();
  const downloaded = playwrightsChromium();
  if (downloaded !== undefined) return downloaded;
  throw missing(failure ?? 'the download brought no program');
}

function missing(reason: string): LocalServiceError {
  return new LocalServiceError(
    'no-chromium',
    `No Chromium for the browser tests: ${reason}; install Chromium, or set CHROMIUM to the path of one.`,
  );
}

/** A path that somebody set is used or refused, never silently replaced by another one. */
function namedBy(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  for (const variable of CHROMIUM_VARIABLES) {
    const path = environment[variable];
    if (path === undefined || path === '') continue;
    if (isAbsolute(path) && isProgram(path)) return path;
    throw new LocalServiceError(
      'no-chromium',
      `${variable} is ${path}, which is not the absolute path of a program; correct it, or unset it to have one found.`,
    );
  }
  return undefined;
}

function onPath(path: string): string | undefined {
  return programOnPath(PROGRAM_NAMES, path);
}
