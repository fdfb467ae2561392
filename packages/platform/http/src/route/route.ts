import { decodeInput, encodeOutput, InvalidInput, type Operation } from '@macrolith/contract';
import { authorize, currentContext, WorkflowPending } from '@macrolith/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InvalidRequest } from '../problem/invalid-request.js';
import { failureOf } from '../problem/operation-failed.js';
import { withinDeadline } from './deadline.js';
import { type InputParts, InputReader } from './input-reader.js';
import { nextLink } from './next-link.js';
import { answerPending } from './pending-answer.js';
import { type HttpMethod, InvalidRoute, parseRoutePath, type RoutePath } from './route-path.js';

type Call = (input: unknown) => Promise<unknown>;

const FALLBACK_TIMEOUT_MS = 30_000;

const COMMAND_STATUSES = [200, 201] as const;

/** What a command with an answer may succeed with: 201 says that something new was made. */
export type CommandStatus = (typeof COMMAND_STATUSES)[number];

/** One operation of a contract at one method and path. */
export class Route {
  readonly path: RoutePath;
  readonly input: InputReader;
  /** The status of a success. */
  readonly status: number;

  /** @throws InvalidRoute */
  constructor(
    readonly operation: Operation,
    readonly text: string,
    status?: CommandStatus,
  ) {
    this.path = parseRoutePath(text, operation.id);
    this.refuseMethod();
    this.input = new InputReader(operation, this.path, text);
    if (status !== undefined) this.refuseStatus(status);
    this.status = status ?? successStatus(operation, this.path.method);
  }

  /** The path of this route in the application. */
  get url(): string {
    return this.path.path === '/'
      ? mountOf(this.operation.module)
      : `${mountOf(this.operation.module)}${this.path.path}`;
  }

  /** Answers one request through the port: asks whether it may be done, decodes, calls, encodes. */
  async answer(call: Call, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { principal, deadlineAt = Date.now() + FALLBACK_TIMEOUT_MS } = currentContext();
    authorize(this.operation, principal === undefined ? {} : { principal });
    const input = this.decode(request);
    let output: unknown;
    try {
      output = await withinDeadline(call(input), deadlineAt, this.operation);
    } catch (error) {
      if (error instanceof WorkflowPending) return answerPending(error, reply);
      throw failureOf(this.operation, error);
    }
    void reply.status(this.status).header('cache-control', 'no-store');
    if (this.operation.output === undefined) return undefined;
    const answer = encodeOutput(this.operation, output);
    const link = nextLink(request.raw.url ?? '/', answer);
    if (link !== undefined) void reply.header('link', link);
    void reply.type('application/json; charset=utf-8');
    return JSON.stringify(answer);
  }

  private decode(request: FastifyRequest): unknown {
    const wire = this.input.read(request as unknown as InputParts);
    try {
      return decodeInput(this.operation, wire);
    } catch (error) {
      throw error instanceof InvalidInput ? InvalidRequest.from(error) : error;
    }
  }

  private refuseMethod(): void {
    const { kind, id } = this.operation;
    const { method } = this.path;
    if (method === 'GET' && kind !== 'query') {
      throw new InvalidRoute(
        id,
        this.text,
        `would let a link or a prefetch run a ${kind}. Use POST, PUT, PATCH or DELETE.`,
      );
    }
    if (kind === 'query' && method !== 'GET' && method !== 'POST') {
      throw new InvalidRoute(id, this.text, 'says that a query changes something. Use GET, or POST for a large input.');
    }
  }

  private refuseStatus(status: CommandStatus): void {
    const { kind, output, id } = this.operation;
    if (kind !== 'command' || output === undefined) {
      const why = 'gives a status, which only a command with an answer can choose: for the others it follows.';
      throw new InvalidRoute(id, this.text, `${why} Leave it out.`);
    }
    if (!COMMAND_STATUSES.includes(status)) {
      throw new InvalidRoute(
        id,
        this.text,
        `gives the status ${status}. Use 200, or 201 where it makes something new.`,
      );
    }
  }
}

/** Where the routes of a module stand. */
export function mountOf(module: string): string {
  return `/api/${module}`;
}

function successStatus({ kind, output }: Operation, method: HttpMethod): number {
  if (kind === 'task') return 202;
  if (output === undefined) return 204;
  return kind === 'command' && method === 'POST' ? 201 : 200;
}
