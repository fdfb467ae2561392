import { type Agent, request } from 'node:http';

/** What a caller asks of the shell. */
export interface Wish {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  /** Its idempotency key. */
  readonly key?: string;
}

export interface Answer {
  /** 0 where the connection broke. */
  readonly status: number;
  readonly body: string;
}

/** Sends once, and never again: what comes of it is to be seen. */
export function send(url: string, { method, path, body, key }: Wish, agent?: Agent): Promise<Answer> {
  const headers = {
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(key !== undefined && { 'idempotency-key': encodeURIComponent(key) }),
  };
  return new Promise((resolve) => {
    const sending = request(`${url}${path}`, { method, headers, ...(agent && { agent }) }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode!, body: text }));
    });
    sending.on('error', (error) => resolve({ status: 0, body: String(error) }));
    sending.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
