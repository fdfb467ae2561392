/** Where a command writes. */
export interface Streams {
  readonly out: { write(text: string): unknown; readonly isTTY?: boolean | undefined };
  readonly err: { write(text: string): unknown };
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Colour is for terminals. https://no-color.org, https://force-color.org */
export function isColored({ out, environment }: Streams): boolean {
  if (environment.NO_COLOR) return false;
  if (environment.FORCE_COLOR) return environment.FORCE_COLOR !== '0';
  return out.isTTY === true;
}
