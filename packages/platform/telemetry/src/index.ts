/** One trace and one set of figures over ports, transactions and messages, by OpenTelemetry, which is loaded where it is switched on. */
export { MetricsPage } from './metrics-page.js';
export { Telemetry } from './telemetry.js';
export { TelemetryInstalledTwice } from './telemetry-installed-twice.js';
export { TelemetryModule } from './telemetry-module.js';
export { InvalidTelemetryOption, type OtlpOptions, type TelemetryOptions } from './telemetry-options.js';
