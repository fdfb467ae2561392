import { createRequire, isBuiltin } from 'node:module';
import { sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { types } from 'node:util';
import { SyntheticModule } from 'node:vm';
import JestRuntime from 'jest-runtime';

const THIRD_PARTY = `${sep}node_modules${sep}`;
const isData = (path) => path.endsWith('.json') || path.endsWith('.wasm');

/**
 * Jest's runtime, in Node's own realm, with third-party packages from Node's own module cache.
 *
 * Sources of this workspace are evaluated anew for every test file, as Jest does it. Packages under `node_modules` are
 * evaluated once per process: Nest, TypeORM and zod anew for every file was most of the time of all tests.
 */
export default class Runtime extends JestRuntime {
  #environment;

  constructor(config, environment, ...given) {
    super(config, environment, ...given);
    this.#environment = environment;
    // Without a context, `vm` evaluates a module where Node evaluates its own.
    this.esmLoader.getContext = () => undefined;
  }

  /** Jest would let `process.getBuiltinModule` give what its contexts hold instead: there are none. */
  installGetBuiltinModule() {}

  /** Jest asks this of every file before it loads it: the moment to have a third-party file ready. */
  unstable_shouldLoadAsEsm(path) {
    if (!path.includes(THIRD_PARTY) || isData(path)) return super.unstable_shouldLoadAsEsm(path);
    const modules = this.registries.getActiveEsmRegistry();
    const url = pathToFileURL(path).href;
    if (!modules.has(url)) {
      const loaded = this.#load(path);
      // A package that awaits while it loads cannot be required: Jest loads it, anew for every test file.
      if (loaded === AWAITS) return super.unstable_shouldLoadAsEsm(path);
      modules.set(url, moduleOf(url, loaded));
    }
    return true;
  }

  /** `require` of sources and tests: always Node's. */
  requireModule(from, name, ...options) {
    if (name === undefined) return createRequire(from)(from);
    if (isBuiltin(name)) return super.requireModule(from, name, ...options);
    return createRequire(from)(name);
  }

  /** Jest's own modules. The one that it asks for by its path holds the tests of a file, and is new for each. */
  requireInternalModule(from, name) {
    const require = createRequire(from);
    if (name === undefined) delete require.cache[from];
    return require(name ?? from);
  }

  /** What a package leaves in the global scope while it loads, it keeps: it is loaded once. */
  #load(path) {
    return this.#environment.keepingGlobals(() => {
      try {
        return createRequire(path)(path);
      } catch (error) {
        if (error.code === 'ERR_REQUIRE_ASYNC_MODULE') return AWAITS;
        throw error;
      }
    });
  }
}

const AWAITS = Symbol('a module with a top-level await');

/** What `import` of the loaded module gives. */
function moduleOf(url, loaded) {
  const isModule = types.isModuleNamespaceObject(loaded);
  const hasNames = isModule || typeof loaded === 'function' || (typeof loaded === 'object' && loaded !== null);
  const names = new Set(hasNames ? Object.keys(loaded) : []);
  if (!isModule) names.add('default').add('module.exports');
  const module = new SyntheticModule(
    [...names],
    () => {
      for (const name of names) module.setExport(name, isModule || !isWhole(name) ? loaded[name] : loaded);
    },
    { identifier: url },
  );
  // Neither waits for anything: a synthetic module is linked from the start and evaluates at once.
  module.evaluate();
  return module;
}

function isWhole(name) {
  return name === 'default' || name === 'module.exports';
}
