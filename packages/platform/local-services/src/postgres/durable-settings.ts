import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LocalServiceError } from '../error.ts';
import { freePort } from '../network/free-port.ts';

/** What a durable server remembers from one start to the next, in `settings.json`, readable by its owner only. */
export interface DurableSettings {
  readonly port: number;
  /** The superuser's password. */
  readonly password: string;
}

/** Reads the settings of this folder, and makes folder and settings when there are none yet. */
export async function durableSettings(folder: string): Promise<DurableSettings> {
  const file = settingsFile(folder);
  try {
    await mkdir(folder, { recursive: true });
    return parse(await readFile(file, 'utf8'), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unusable(folder, error);
  }
  try {
    const fresh = { port: await freePort(), password: randomBytes(24).toString('base64url') };
    return await writeUnlessThere(file, fresh);
  } catch (error) {
    throw unusable(folder, error);
  }
}

/** Remembers another port. */
export async function saveSettings(folder: string, settings: DurableSettings): Promise<void> {
  const draft = await writeDraft(settingsFile(folder), settings);
  await rename(draft, settingsFile(folder));
}

/** Of two first starts at once, one writes the settings and both use them. */
async function writeUnlessThere(file: string, settings: DurableSettings): Promise<DurableSettings> {
  const draft = await writeDraft(file, settings);
  try {
    await link(draft, file);
    return settings;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return parse(await readFile(file, 'utf8'), file);
  } finally {
    await rm(draft, { force: true });
  }
}

async function writeDraft(file: string, settings: DurableSettings): Promise<string> {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
  return draft;
}

function settingsFile(folder: string): string {
  return join(folder, 'settings.json');
}

function parse(text: string, file: string): DurableSettings {
  const settings = parseJson(text);
  if (Number.isInteger(settings?.port) && typeof settings?.password === 'string') return settings as DurableSettings;
  throw new LocalServiceError(
    'unusable-data-folder',
    `The settings of the data folder are damaged: ${file} holds no port and password. Nothing was changed; restore that file, or move the folder away to begin with an empty database.`,
  );
}

function parseJson(text: string): Partial<DurableSettings> | undefined {
  try {
    return JSON.parse(text) as Partial<DurableSettings>;
  } catch {
    return undefined;
  }
}

function unusable(folder: string, error: unknown): LocalServiceError {
  if (error instanceof LocalServiceError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new LocalServiceError(
    'unusable-data-folder',
    `The data folder ${folder} cannot be used: ${reason}. Nothing was changed.`,
    { cause: error },
  );
}
