import { Histogram } from './histogram.js';
import { REQUEST_SECONDS } from './seconds.js';

/** Requests by route and status, under the name and labels of OpenTelemetry's conventions. */
export class RequestFigures {
  readonly duration = new Histogram(
    { name: 'http.server.request.duration', help: 'How long requests took.', unit: 's' },
    REQUEST_SECONDS,
  );

  record(method: string, route: string | undefined, status: number, errorType: string | undefined, seconds: number) {
    this.duration
      .series({
        'http.request.method': method,
        ...(route !== undefined && { 'http.route': route }),
        'http.response.status_code': status,
        ...(errorType !== undefined && { 'error.type': errorType }),
      })
      .record(seconds);
  }
}
