/** Serves modules over HTTP: routes from contracts, problem documents, an API document, health and graceful shutdown. */
export { HttpModule } from './http-module.js';
export type { LogLevel, LogOptions } from './logging/logger.js';
export { createProcessLog } from './logging/process-log.js';
export type { HttpModuleOptions } from './module-options.js';
export { InvalidRequest } from './problem/invalid-request.js';
export { PROBLEM_MEDIA_TYPE, type Problem } from './problem/problem.js';
export { RequestRefused } from './problem/request-refused.js';
export { rawBodyOf } from './request/raw-body.js';
export type { InputIssue } from './request/unsafe-json.js';
export { InvalidRoute } from './route/route-path.js';
export { type RoutesOf, type RouteWithStatus, routes, routesOf } from './route/routes.js';
export { createHttpApp } from './server/http-app.js';
export type { HttpOptions } from './server/http-options.js';
