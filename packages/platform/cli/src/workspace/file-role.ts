/** What a source file is for. It decides which imports it may have. */
export type FileRole =
  /** Ships in the package and runs in the server. */
  | 'source'
  /** Bundled into the package's browser assets when it is built. */
  | 'ui'
  /** The fakes and fixtures that a package offers to other packages' tests. */
  | 'testing'
  | 'test'
  /** Configures a tool; never ships. */
  | 'config';

const TEST = /(^|\/)(test|tests|__tests__)\/|\.(test|spec)\.[cm]?[jt]sx?$/;
const TESTING = /^src\/testing(\.[cm]?tsx?$|\/)/;
const SHIPPED = /^(src|bin)\//;

/** @param path relative to the package's folder. */
export function roleOf(path: string): FileRole {
  if (TEST.test(path)) return 'test';
  if (TESTING.test(path)) return 'testing';
  if (path.startsWith('ui/')) return 'ui';
  return SHIPPED.test(path) ? 'source' : 'config';
}
