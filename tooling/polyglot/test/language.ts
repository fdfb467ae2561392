import { execFile } from 'node:child_process';
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

/**
 * The programs of `examples/`, made ready to run: packages are installed and binaries built by the languages' own tools, once for
 * each state of what they are made from.
 */
export async function examples(): Promise<readonly (Example | MissingExample)[]> {
  return Promise.all([ready('Python', () => pythonProgram()), ready('Go', () => goProgram())]);
}

async function ready(language: string, make: () => Promise<readonly string[]>): Promise<Example | MissingExample> {
  try {
    await mkdir(MADE, { recursive: true });
    return { language, command: await make() };
  } catch (error) {
    return { language, missing: reasonOf(error) };
  }
}

async function pythonProgram(): Promise<readonly string[]> {
  const folder = `${ROOT}examples/python/`;
  const { stdout: version } = await run('python3', ['--version']);
  const requirements = await readFile(`${folder}requirements.txt`, 'utf8');
  const environment = `${MADE}python-${createHash('sha256').update(`${version}${requirements}`).digest('hex').slice(0, 12)}`;
  if (!(await isThere(`${environment}/complete`))) {
    await rm(environment, { recursive: true, force: true });
    await run('python3', ['-m', 'venv', environment]);
    const install = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '-r',
      `${folder}requirements.txt`,
    ];
    await run(`${environment}/bin/python`, install, { timeout: PATIENCE_MS });
    await writeFile(`${environment}/complete`, '');
  }
  return [`${environment}/bin/python`, '-B', `${folder}fraud.py`];
}

async function goProgram(): Promise<readonly string[]> {
  const program = `${MADE}fraud-go`;
  // Without a toolchain of its own that it would fetch: what is not installed is not tried.
  const env = { ...process.env, GOTOOLCHAIN: 'local', CGO_ENABLED: '0' };
  await run('go', ['build', '-o', program, '.'], { cwd: `${ROOT}examples/go`, env, timeout: PATIENCE_MS });
  return [program];
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function reasonOf(error: unknown): string {
  const { code, path, stderr, message } = error as NodeJS.ErrnoException & { stderr?: string };
  if (code === 'ENOENT') return `${path} is not installed.`;
  return (stderr || message).trim().split('\n').at(-1)!;
}
