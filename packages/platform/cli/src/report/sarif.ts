import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { REFERENCE_URL, type Rule } from '../rules/rule.js';
import type { Violation } from '../violations/violation.js';
import type { Report } from './report.js';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * The report for code scanners: SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html). Known violations
 * are in it too, as suppressed results (§3.35).
 */
export function sarifReport({ verification, outcome }: Report, root: string, version: string): string {
  const { rules } = verification;
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]));
  const results = [
    ...outcome.fresh.map((violation) => result(violation, indexOf.get(violation.rule)!)),
    ...outcome.known.map((violation) => ({
      ...result(violation, indexOf.get(violation.rule)!),
      suppressions: [{ kind: 'external', justification: 'Known in the ratchet file.' }],
    })),
  ];
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'macro verify',
            semanticVersion: version,
            informationUri: REFERENCE_URL,
            rules: rules.map(descriptor),
          },
        },
        originalUriBaseIds: { ROOT: { uri: `${pathToFileURL(root).href}/` } },
        // §3.14.17: columns are counted in UTF-16 code units, as JavaScript does.
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor({ id, title, why, remedy }: Rule) {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why.replaceAll('\n', ' ') },
    help: { text: remedy.replaceAll('\n', ' ') },
    helpUri: `${REFERENCE_URL}#${id}`,
    defaultConfiguration: { level: 'error' },
  };
}

function result(violation: Violation, ruleIndex: number) {
  const { rule, file, line, column, owner, subject, message, remedy } = violation;
  return {
    ruleId: rule,
    ruleIndex,
    level: 'error',
    message: { text: `${message} ${remedy}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(file), uriBaseId: 'ROOT' },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
    partialFingerprints: {
      'ruleFileSubject/v1': createHash('sha256').update([rule, file, subject].join('\n')).digest('hex'),
    },
    properties: { owner },
  };
}
