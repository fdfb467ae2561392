/**
 * Loaded by `node --import`: the built shell as a diff of its sources makes it, and with no other change. SHELL_DIFF is the diff, as
 * `git diff --unified=0` writes it; without it the lines are those of the modules in REMOTE_MODULES, with commas between, whose imports
 * say '/remote'. What is to be changed and is not there ends the process.
 *
 * tsc leaves lines that only export what others have as they are written, so they are found in what it built.
 */
import { registerHooks } from 'node:module';

const { SHELL_DIFF: diff, REMOTE_MODULES: remote = '' } = process.env;

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    const [, file] = /\/apps\/shell\/dist\/(.+)\.js$/.exec(url) ?? [];
    if (file === undefined) return loaded;
    const source = Buffer.from(loaded.source).toString();
    const changes = diff === undefined ? movesIn(file) : changesIn(`apps/shell/src/${file}.ts`);
    return changes.length === 0 ? loaded : { ...loaded, source: changes.reduce(changed, source) };
  },
});

function changesIn(path) {
  const part = diff.split(/^diff --git .*$/m).find((each) => each.includes(`\n+++ b/${path}\n`)) ?? '';
  const lines = (mark) =>
    part.split('\n').flatMap((line) => (line[0] === mark && line[1] !== mark ? [line.slice(1)] : []));
  const added = lines('+');
  return lines('-').map((removed, nth) => [removed, added[nth]]);
}

function movesIn(file) {
  if (file !== 'modules') return [];
  const names = remote.split(',').filter((name) => name !== '');
  return names.map((name) => [`'@macrolith/${name}/local'`, `'@macrolith/${name}/remote'`]);
}

function changed(source, [removed, added]) {
  const parts = source.split(removed);
  if (parts.length !== 2)
    throw new Error(`This is in the shell ${parts.length - 1} times, and should be once: ${removed}`);
  return parts.join(added);
}
