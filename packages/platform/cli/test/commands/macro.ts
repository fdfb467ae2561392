import { runMacro } from '../../src/commands/program.js';

/** What a run of `macro` printed, and how it ended. */
export interface MacroRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `macro` as the bin does, with its output kept. */
export async function macro(
  args: readonly string[],
  terminal: { isTTY?: boolean; environment?: Record<string, string> } = {},
): Promise<MacroRun> {
  let out = '';
  let err = '';
  const code = await runMacro(args, {
    out: { write: (text) => (out += text), isTTY: terminal.isTTY },
    err: { write: (text) => (err += text) },
    environment: terminal.environment ?? {},
  });
  return { code, out, err };
}
