import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { workspaceRoot } from '../../src/workspace.ts';

const PARENTS = ['apps', 'packages/platform', 'packages/modules', 'tooling'];
/** What a build leaves in a package. */
const BUILT = ['dist', 'contract.json'];
/** Links keep leading where they led, and what was built stays newer than its sources. */
const AS_IT_IS = { recursive: true, verbatimSymlinks: true, preserveTimestamps: true };

/**
 * A copy of this workspace as it lies on disk, built, with everything installed: links between packages stay within the
 * copy, and only what comes from the registry is shared.
 */
export class WorkspaceCopy implements Disposable {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'macrolith-docs-')));

  constructor() {
    for (const path of sources()) cpSync(join(workspaceRoot, path), join(this.root, path), AS_IT_IS);
    for (const folder of packages(workspaceRoot)) {
      for (const built of [...BUILT, 'node_modules']) this.bring(join(folder, built));
    }
    for (const entry of readdirSync(join(workspaceRoot, 'node_modules'))) {
      if (!entry.startsWith('.') || entry === '.bin') this.bring(join('node_modules', entry));
    }
    symlinkSync(join(workspaceRoot, 'node_modules/.pnpm'), join(this.root, 'node_modules/.pnpm'));
  }

  private bring(path: string): void {
    if (existsSync(join(workspaceRoot, path))) cpSync(join(workspaceRoot, path), join(this.root, path), AS_IT_IS);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), content);
  }

  /** Keeps a folder as it is now. The answer puts it back. */
  save(folder: string): () => void {
    const kept = mkdtempSync(join(this.root, '.kept-'));
    cpSync(join(this.root, folder), kept, AS_IT_IS);
    return () => {
      rmSync(join(this.root, folder), { recursive: true });
      cpSync(kept, join(this.root, folder), AS_IT_IS);
    };
  }

  /**
   * Does what `pnpm install` would do for packages that are new here, without asking a registry: all versions of a
   * workspace come from one catalog, so what a package asks for is linked as another package has it.
   */
  install(): void {
    for (const folder of packages(this.root)) {
      const manifest = JSON.parse(this.read(join(folder, 'package.json')));
      const wanted = { ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.devDependencies };
      for (const name of Object.keys(wanted)) this.link(folder, join('node_modules', name));
      if (manifest.devDependencies?.jest !== undefined) this.link(folder, 'node_modules/.bin');
    }
  }

  private link(folder: string, path: string): void {
    const target = join(this.root, folder, path);
    if (existsSync(target)) return;
    mkdirSync(dirname(target), { recursive: true });
    const workspacePackage = this.folderOf(path.replace('node_modules/', ''));
    if (workspacePackage !== undefined) {
      symlinkSync(join(this.root, workspacePackage), target);
      return;
    }
    // Links are relative: a neighbour's lead to the same place from here.
    const owner = packages(this.root).find(
      (other) => dirname(other) === dirname(folder) && existsSync(join(this.root, other, path)),
    );
    if (owner === undefined) throw new Error(`Nothing in the workspace has ${path}, which ${folder} asks for.`);
    cpSync(join(this.root, owner, path), target, AS_IT_IS);
  }

  private folderOf(name: string): string | undefined {
    return packages(this.root).find((folder) => JSON.parse(this.read(join(folder, 'package.json'))).name === name);
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

function packages(root: string): string[] {
  return PARENTS.flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(parent, name))).filter(
    (folder) => existsSync(join(root, folder, 'package.json')),
  );
}

function sources(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: workspaceRoot,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return [...new Set(listed.split('\0'))].filter((path) => path !== '' && existsSync(join(workspaceRoot, path)));
}
