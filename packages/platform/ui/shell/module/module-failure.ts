/** Why a module's element cannot be shown. */
export class ModuleFailure extends Error {
  override readonly name = 'ModuleFailure';
  constructor(
    readonly module: string,
    problem: string,
    cause?: unknown,
  ) {
    super(problem, { cause });
  }

  static notServed(module: string): ModuleFailure {
    return new ModuleFailure(module, 'Its files are missing or damaged on the server. The server’s log says which.');
  }

  static notLoaded(module: string, cause: unknown): ModuleFailure {
    return new ModuleFailure(module, `Its script could not be loaded: ${reasonOf(cause)}`, cause);
  }

  static notDefined(module: string, element: string): ModuleFailure {
    return new ModuleFailure(module, `Its script does not define the element <${element}>.`);
  }

  static broken(module: string, cause: unknown): ModuleFailure {
    return new ModuleFailure(module, `It failed while it was shown: ${reasonOf(cause)}`, cause);
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
