import { type ExecFileOptions, execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** What was made once is found there again. Git ignores it. */
const MADE = `${ROOT}.macrolith/examples/`;
const PATIENCE_MS = 240_000;

/** A program of `examples/` that can be run. */
export interface Example {
  readonly language: string;
  readonly command: readonly string[];
}

/** Why the program of a language cannot be run here. */
export interface MissingExample {
  readonly language: string;
  readonly missing: string;
}

/** A language, or what a program in it needs, cannot be had on this machine. A program that is wrong is another matter. */
class NotAvailable extends Error {}

/**
 * The programs of `examples/`, made ready to run: packages are installed and binaries built by the languages' own tools, once for
 * each state of what they are made from.
 */
export async function examples(): Promise<readonly (Example | MissingExample)[]> {
  await mkdir(MADE, { recursive: true });
  return Promise.all([ready('Python', pythonProgram()), ready('Go', goProgram())]);
}

async function ready(language: string, made: Promise<readonly string[]>): Promise<Example | MissingExample> {
  try {
    return { language, command: await made };
  } catch (error) {
    if (error instanceof NotAvailable) return { language, missing: error.message };
    throw error;
  }
}

async function pythonProgram(): Promise<readonly string[]> {
  const folder = `${ROOT}examples/python/`;
  const version = await tried('python3', ['-c', 'import sys; print("%d.%02d" % sys.version_info[:2])']);
  if (version < '3.11') throw new NotAvailable(`python3 is ${version.trim()}, and 3.11 is needed.`);
  const requirements = await readFile(`${folder}requirements.txt`, 'utf8');
  const state = createHash('sha256').update(`${version}${requirements}`).digest('hex').slice(0, 12);
  const environment = `${MADE}python-${state}`;
  if (!(await isThere(`${environment}/complete`))) {
    await rm(environment, { recursive: true, force: true });
    await tried('python3', ['-m', 'venv', environment]);
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
    await tried(`${environment}/bin/python`, [...install, '-r', `${folder}requirements.txt`]);
    await writeFile(`${environment}/complete`, '');
  }
  return [`${environment}/bin/python`, '-B', `${folder}fraud.py`];
}

async function goProgram(): Promise<readonly string[]> {
  const program = `${MADE}fraud-go`;
  // Without a toolchain of its own that it would fetch: what is not installed is not tried.
  const options = {
    cwd: `${ROOT}examples/go`,
    env: { ...process.env, GOTOOLCHAIN: 'local', CGO_ENABLED: '0' },
    timeout: PATIENCE_MS,
  };
  await tried('go', ['mod', 'download'], options);
  await run('go', ['build', '-o', program, '.'], options);
  return [program];
}

/** @throws NotAvailable when it is not installed, or does not do it here */
async function tried(command: string, parameters: readonly string[], options: ExecFileOptions = {}): Promise<string> {
  try {
    return (await run(command, parameters, { timeout: PATIENCE_MS, encoding: 'utf8', ...options })).stdout as string;
  } catch (error) {
    const { code, stderr, message } = error as NodeJS.ErrnoException & { stderr?: string };
    const why = code === 'ENOENT' ? `${command} is not installed.` : (stderr || message).trim().split('\n').at(-1)!;
    throw new NotAvailable(why, { cause: error });
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
