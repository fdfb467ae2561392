import { currentTraceId } from '@macrolith/core';
import { type DestinationStream, type Logger, type LoggerOptions, pino, stdTimeFunctions } from 'pino';
import { redact, redactText } from './redaction.js';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LogOptions {
  /** Default `info`. */
  readonly level?: LogLevel;
  /** Where lines go. Default: standard output, one JSON object a line; readable text when that is a terminal. */
  readonly stream?: DestinationStream;
}

/** The process's structured log. Every line of a request carries its trace id, and none carries a secret. */
export async function createLogger({ level = 'info', stream }: LogOptions = {}): Promise<Logger> {
  return pino(loggerOptions(level), stream ?? (await standardOutput()));
}

function loggerOptions(level: LogLevel): LoggerOptions {
  return {
    level,
    base: { pid: process.pid },
    timestamp: stdTimeFunctions.isoTime,
    formatters: {
      level: (label) => ({ level: label }),
      log: (fields) => redact(fields) as Record<string, unknown>,
    },
    hooks: {
      logMethod(args, method) {
        method.apply(this, args.map((arg) => (typeof arg === 'string' ? redactText(arg) : arg)) as typeof args);
      },
    },
    // `redact` has described errors by then, causes and all.
    serializers: { err: (error: unknown) => error },
    mixin: () => {
      const traceId = currentTraceId();
      return traceId === undefined ? {} : { traceId };
    },
  };
}

async function standardOutput(): Promise<DestinationStream> {
  const pretty = process.stdout.isTTY ? await loadPretty() : undefined;
  return pretty ?? pino.destination({ fd: process.stdout.fd, sync: true });
}

/** pino-pretty is an optional peer: without it a terminal shows JSON lines too. */
async function loadPretty(): Promise<DestinationStream | undefined> {
  try {
    const { default: pretty } = await import('pino-pretty');
    return pretty({ sync: true, singleLine: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss.l' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
