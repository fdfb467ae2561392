/** DI token of the options of `MacrolithModule.forRoot`. */
export const MACROLITH_OPTIONS = Symbol('macrolith.options');

export interface MacrolithOptions {
  /** How ports are provided in this process. `loopback` sends every call through the wire codec as JSON text. */
  readonly binding: 'local' | 'loopback';
  /** Check and copy the arguments and results of every port call, on both sides. Meant for tests: it costs a codec run a call. */
  readonly checks: boolean;
}
