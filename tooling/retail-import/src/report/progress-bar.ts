import cliProgress from 'cli-progress';

export interface ProgressBar {
  start(total: number): void;
  increment(): void;
  stop(): void;
}

/** A bar on a terminal; nothing where the output goes into a file or a pipe. */
export function progressBar(stream: NodeJS.WriteStream): ProgressBar {
  if (!stream.isTTY) return { start: () => {}, increment: () => {}, stop: () => {} };
  const bar = new cliProgress.SingleBar(
    {
      format: 'Invoices {bar} {value}/{total}  {percentage}%  {duration_formatted} gone, {eta_formatted} left',
      stream,
      clearOnComplete: true,
    },
    cliProgress.Presets.shades_classic,
  );
  return {
    start: (total) => bar.start(total, 0),
    increment: () => bar.increment(),
    stop: () => bar.stop(),
  };
}
