import { checkDefinition, InvalidUiDefinition } from './check-definition.js';
import type { UiDefinition } from './ui-definition.js';

/** One file of a built UI. */
export interface AssetFile {
  /** Relative to the folder of the manifest, with forward slashes and a hash of the content in its name. */
  readonly path: string;
  readonly bytes: number;
  /** `sha384-…`, as in Subresource Integrity. */
  readonly integrity: string;
  /** Compressed copies that lie beside the file, as `<path>.br` and `<path>.gz`. */
  readonly encodings: readonly AssetEncoding[];
}

export type AssetEncoding = 'br' | 'gzip';

/** The manifest that a build writes beside the assets, as `manifest.json`. */
export interface BuiltUi extends UiDefinition {
  /** Of this format. */
  readonly format: 1;
  /** The package's version: part of every asset's address, so that two versions can be served side by side. */
  readonly version: string;
  /** The module script that registers the elements: the path of one of `files`. */
  readonly entry: string;
  readonly files: readonly AssetFile[];
}

const SAFE_PATH = /^[A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/;
const VERSION = /^\d+\.\d+\.\d+[A-Za-z0-9.+-]*$/;
const INTEGRITY = /^sha384-[A-Za-z0-9+/]{64}$/;

/** Reads a manifest that may come from an older build or be damaged; throws with all reasons why it cannot be used. */
export function parseBuiltUi(json: unknown, module: string): BuiltUi {
  const built = json as BuiltUi;
  const problems = isObject(json) ? checkShape(built) : ['The manifest is no object.'];
  if (problems.length === 0 && built.module !== module) {
    problems.push(`The manifest is of the module '${built.module}'.`);
  }
  if (problems.length > 0) throw new InvalidUiDefinition(module, problems);
  return built;
}

/** Where a file is served. */
export function assetAddress(owner: string, version: string, path: string): string {
  return `/assets/${owner}/${encodeURIComponent(version)}/${path}`;
}

function checkShape(built: BuiltUi): string[] {
  if (built.format !== 1)
    return [`The manifest has the format ${String(built.format)}, and this shell reads format 1.`];
  const problems: string[] = [];
  if (typeof built.version !== 'string' || !VERSION.test(built.version)) problems.push('It names no version.');
  if (!Array.isArray(built.files) || !built.files.every(isAssetFile)) problems.push('Its list of files is damaged.');
  else if (!built.files.some(({ path }) => path === built.entry)) problems.push('Its entry is none of its files.');
  const lists = [built.routes, built.navigation, built.slots];
  if (typeof built.module !== 'string' || !lists.every((list) => Array.isArray(list) && list.every(isEntry))) {
    return [...problems, 'Its routes, navigation and slots are damaged.'];
  }
  return [...problems, ...checkDefinition(built)];
}

function isAssetFile(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { path, bytes, integrity, encodings } = value as unknown as AssetFile;
  return (
    typeof path === 'string' &&
    SAFE_PATH.test(path) &&
    Number.isSafeInteger(bytes) &&
    INTEGRITY.test(integrity) &&
    Array.isArray(encodings) &&
    encodings.every((encoding) => encoding === 'br' || encoding === 'gzip')
  );
}

const TEXT_MEMBERS = ['label', 'icon', 'path', 'element', 'title', 'slot', 'description'];

/** Every member that must be text is text; whether it makes sense is checked with the definition. */
function isEntry(value: unknown): boolean {
  if (!isObject(value)) return false;
  const hasText = typeof value.path === 'string' || typeof value.slot === 'string';
  return hasText && TEXT_MEMBERS.every((name) => value[name] === undefined || typeof value[name] === 'string');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
