export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export class NotPrometheusText extends Error {}

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"(?:,|$)/gy;
const COMMENT = /^# (HELP|TYPE|UNIT) /;

/** Reads the exposition format as strictly as is needed to trust it. @throws NotPrometheusText */
export function readPrometheus(text: string): readonly Sample[] {
  if (!text.endsWith('\n')) throw new NotPrometheusText('The last line does not end.');
  return text
    .trimEnd()
    .split('\n')
    .filter((line) => !COMMENT.test(line))
    .map(readSample);
}

function readSample(line: string): Sample {
  const [, name, labels = '', value] = SAMPLE.exec(line) ?? [];
  if (name === undefined || Number.isNaN(Number(value))) throw new NotPrometheusText(line);
  const read = [...labels.matchAll(LABEL)];
  if (read.map(([all]) => all).join('') !== labels) throw new NotPrometheusText(line);
  return { name, labels: Object.fromEntries(read.map(([, label, text]) => [label, text])), value: Number(value) };
}
