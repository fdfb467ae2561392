/** What the service API of NATS tells of an endpoint (ADR-32, `io.nats.micro.v1.stats_response`). */
export interface EndpointFigures {
  readonly num_requests: number;
  readonly num_errors: number;
  readonly last_error: string;
  /** In nanoseconds, as all that follow. */
  readonly processing_time: number;
  readonly average_processing_time: number;
}

/** Counts the calls of one operation. */
export class EndpointStatistics {
  private requests = 0;
  private errors = 0;
  private lastError = '';
  private tookMs = 0;

  count(tookMs: number, error: string | undefined): void {
    this.requests += 1;
    this.tookMs += tookMs;
    if (error === undefined) return;
    this.errors += 1;
    this.lastError = error;
  }

  get figures(): EndpointFigures {
    const processingNs = Math.round(this.tookMs * 1e6);
    return {
      num_requests: this.requests,
      num_errors: this.errors,
      last_error: this.lastError,
      processing_time: processingNs,
      average_processing_time: this.requests === 0 ? 0 : Math.round(processingNs / this.requests),
    };
  }
}
