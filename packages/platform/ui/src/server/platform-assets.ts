import type { AssetFile } from '@macrolith/ui/manifest';

/** The manifest of the kit and the shell page, written by this package's own build. */
export interface PlatformAssets {
  readonly format: 1;
  readonly version: string;
  /** Paths of `files`. */
  readonly kit: string;
  readonly shell: string;
  readonly theme: string;
  readonly styles: string;
  readonly font: string;
  readonly files: readonly AssetFile[];
}
