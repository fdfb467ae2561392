import type { LoggerService } from '@nestjs/common';
import type { Level, Logger } from 'pino';

/** Nest tells each module, controller and route that it sets up: of use when one of them is missing only. */
const NEST_SETUP = new Set(['InstanceLoader', 'NestApplication', 'NestFactory', 'RouterExplorer', 'RoutesResolver']);

/** Nest's log lines as structured lines: `Logger.log(message, context)`, `Logger.error(message, stack, context)`. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write(NEST_SETUP.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  private write(level: Level, message: unknown, rest: readonly unknown[]): void {
    const { context, stack, details } = interpret(rest);
    const fields = { ...details, ...(context && { context }), ...(stack && { stack }) };
    if (message instanceof Error) this.logger[level]({ ...fields, err: message }, message.message);
    else if (typeof message === 'object' && message !== null) this.logger[level]({ ...fields, ...message });
    else this.logger[level](fields, String(message));
  }
}

interface Extras {
  readonly context?: string;
  readonly stack?: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Nest passes the context as the last string, and a stack as the string before it. */
function interpret(rest: readonly unknown[]): Extras {
  const texts = rest.filter((part) => typeof part === 'string');
  const errors = rest.filter((part) => part instanceof Error);
  const objects = rest.filter((part) => typeof part === 'object' && part !== null && !(part instanceof Error));
  const stack = texts.find((text) => text.includes('\n    at '));
  const context = texts.findLast((text) => text !== stack);
  return {
    ...(context === undefined ? {} : { context }),
    ...(stack === undefined ? {} : { stack }),
    details: Object.assign({}, ...objects, ...(errors.length === 0 ? [] : [{ err: errors[0] }])),
  };
}
