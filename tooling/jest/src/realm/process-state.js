/** What tests change of their process: its environment, its exit code, `exit` and its listeners. */
export class ProcessState {
  #variables = { ...process.env };
  #exit = process.exit;
  #exitCode = process.exitCode;
  #listeners = new Set(process.eventNames().flatMap((event) => process.rawListeners(event)));

  restore() {
    for (const name of Object.keys(process.env)) {
      if (!(name in this.#variables)) delete process.env[name];
    }
    Object.assign(process.env, this.#variables);
    process.exit = this.#exit;
    process.exitCode = this.#exitCode;
    for (const event of process.eventNames()) {
      // Whoever has something to end with the process still ends it then.
      if (event === 'exit') continue;
      for (const listener of process.rawListeners(event)) {
        if (!this.#listeners.has(listener)) process.removeListener(event, listener);
      }
    }
  }
}
