/** DI token of the options of `HttpModule.forRoot`. */
export const HTTP_MODULE_OPTIONS = Symbol('macrolith.http-module-options');

/** What the API document says about the application as a whole. */
export interface HttpModuleOptions {
  readonly title: string;
  /** Version of the application. Each module's own version stands at its tag. Default `0.0.0`. */
  readonly version?: string;
  /** CommonMark. */
  readonly description?: string;
}
