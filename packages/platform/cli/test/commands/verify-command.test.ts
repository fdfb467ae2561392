import { describe, expect, test } from '@jest/globals';
import { miniature } from '../rules/miniature.js';
import { macro } from './macro.js';

const broken = ['verify', '--root', miniature('only-apps-bind/broken')];
const clean = ['verify', '--root', miniature('only-apps-bind/clean')];
const ESCAPE = '\u001b[';

describe('text', () => {
  test('each violation is one block: place, rule, what, what to do, owner and link; the exit code is 1', async () => {
    const { code, out } = await macro(broken);

    expect(code).toBe(1);
    expect(out).toContain(
      [
        'packages/modules/orders/src/orders.service.ts:1:1  only-apps-bind',
        "  what   @shop/orders imports '@shop/catalog/local', which binds @shop/catalog: only apps choose a binding.",
        "  do     Import the port from '@shop/catalog' and inject it; name it in `uses` of your manifest. The shell binds it.",
        '  owner  team-checkout',
        '  see    https://github.com/macrolith/macrolith/blob/main/docs/reference/boundary-rules.md#only-apps-bind',
      ].join('\n'),
    );
    expect(out).toMatch(/✗ 3 violations: 2 modules, 4 packages, 10 files, 15 rules in \d+\.\d s\.\n$/);
  });

  test('without a violation one line says what was looked at, and the exit code is 0', async () => {
    const { code, out } = await macro(clean);
    expect(code).toBe(0);
    expect(out).toMatch(/^✓ No violation: 2 modules, 5 packages, 13 files, 15 rules in \d+\.\d s\.\n$/);
  });

  test('colour is for terminals, unless the environment says otherwise', async () => {
    expect((await macro(broken)).out).not.toContain(ESCAPE);
    expect((await macro(broken, { isTTY: true })).out).toContain(ESCAPE);
    expect((await macro(broken, { isTTY: true, environment: { NO_COLOR: '1' } })).out).not.toContain(ESCAPE);
    expect((await macro(broken, { environment: { FORCE_COLOR: '1' } })).out).toContain(ESCAPE);
  });
});

test('json holds every field of every violation and a summary', async () => {
  const { code, out } = await macro([...broken, '--json', '--rule', 'only-apps-bind', 'layers']);
  const report = JSON.parse(out);

  expect(code).toBe(1);
  expect(report.violations).toHaveLength(3);
  expect(report.violations[0]).toEqual({
    rule: 'only-apps-bind',
    file: 'packages/modules/orders/src/orders.service.ts',
    line: 1,
    column: 1,
    owner: 'team-checkout',
    subject: '@shop/catalog/local',
    message: "@shop/orders imports '@shop/catalog/local', which binds @shop/catalog: only apps choose a binding.",
    remedy:
      "Import the port from '@shop/catalog' and inject it; name it in `uses` of your manifest. The shell binds it.",
    link: 'https://github.com/macrolith/macrolith/blob/main/docs/reference/boundary-rules.md#only-apps-bind',
  });
  expect(report.summary).toMatchObject({ packages: 4, modules: 2, files: 10, rules: ['only-apps-bind', 'layers'] });
  expect(await macro([...broken, '--format', 'json'])).toMatchObject({ code: 1 });
});

describe('sarif', () => {
  test('has what SARIF 2.1.0 requires of a log, a run, a tool, a rule and a result', async () => {
    const { code, out } = await macro([...broken, '--format', 'sarif']);
    const log = JSON.parse(out);
    const [run] = log.runs;

    expect(code).toBe(1);
    expect(log).toMatchObject({ version: '2.1.0', $schema: expect.stringContaining('sarif-schema-2.1.0.json') });
    expect(run.tool.driver).toMatchObject({
      name: 'macro verify',
      semanticVersion: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
    for (const rule of run.tool.driver.rules) {
      expect(rule).toMatchObject({
        id: expect.stringMatching(/^[a-z-]+$/),
        shortDescription: { text: expect.stringMatching(/\.$/) },
        helpUri: expect.stringMatching(/^https:\/\/.+#[a-z-]+$/),
        defaultConfiguration: { level: 'error' },
      });
    }
    expect(run.results).toHaveLength(3);
    for (const result of run.results) {
      expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      expect(result.message.text).not.toBe('');
      expect(result.partialFingerprints['ruleFileSubject/v1']).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(run.results[0].locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'packages/modules/orders/src/orders.service.ts', uriBaseId: 'ROOT' },
          region: { startLine: 1, startColumn: 1 },
        },
      },
    ]);
    // §3.14.14: a base ends with a slash, so that a relative URI is resolved below it.
    expect(run.originalUriBaseIds.ROOT.uri).toMatch(/^file:\/\/\/.*\/only-apps-bind\/broken\/$/);
  });
});

describe('a wrong request is answered with one sentence and exit code 2', () => {
  test.each([
    [['verify', '--root', '/does/not/exist'], /^macro: The folder \/does\/not\/exist does not exist\.\n$/],
    [['verify', '--root', import.meta.dirname], /^macro: .* is no workspace: it holds no pnpm-workspace\.yaml\. .*\n$/],
    [
      [...clean, '--rule', 'no-such-rule'],
      /^macro: There is no rule 'no-such-rule'\. The rules are: public-index-only, .*\n$/,
    ],
    [[...clean, '--format', 'xml'], /^macro: .*'xml' is invalid\. Allowed choices are text, json, sarif\.\n$/],
    [
      [...clean, '--ratchet', '/does/not/exist.json'],
      /^macro: The ratchet file .* does not exist\. Make it with: .*\n$/,
    ],
    [[...clean, '--update-ratchet'], /^macro: --update-ratchet needs --ratchet FILE, .*\n$/],
    [
      [...clean, '--database', 'postgres://127.0.0.1:1/none'],
      /^macro: The database of --database cannot be reached: .*\n$/,
    ],
    [['frobnicate'], /^macro: unknown command 'frobnicate'\. See macro --help\.\n$/],
    [['verify', '--frobnicate'], /^macro: unknown option '--frobnicate'\. See macro verify --help\.\n$/],
  ])('%j', async (args, sentence) => {
    const { code, out, err } = await macro(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(sentence);
  });
});
