import { expect, test } from '@jest/globals';
import { MissingData, render } from './rendering.js';
import type { Template } from './template.js';

const greeting: Template = {
  name: 'greeting',
  wordings: {
    en: { subject: 'Hello {name}', body: 'Dear {name},\n\nyour goods:\n{lines}' },
    de: { subject: 'Hallo {name}', body: 'Guten Tag {name}' },
    'pt-BR': { subject: 'Oi {name}', body: 'Oi {name}' },
  },
};
const data = { name: 'Ada', lines: '1 × Lantern\n2 × Bowl' };

test('places are filled, and paragraphs and lines stay what they were', () => {
  expect(render(greeting, data)).toEqual({
    locale: 'en',
    subject: 'Hello Ada',
    text: 'Dear Ada,\n\nyour goods:\n1 × Lantern\n2 × Bowl',
    html: expect.stringContaining('<p>Dear Ada,</p>\n<p>your goods:<br>1 × Lantern<br>2 × Bowl</p>'),
  });
});

test('nothing in the data becomes markup', () => {
  const { html, text } = render(greeting, { ...data, name: `<img src=x onerror="alert('1')">&` });

  expect(text).toContain(`<img src=x onerror="alert('1')">&`);
  expect(html).toContain('Dear &lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;,');
  expect(html).not.toContain('<img');
});

test('what stands in the data is not filled again', () => {
  expect(render(greeting, { name: '{lines}', lines: 'secret' }).subject).toBe('Hello {lines}');
});

test('a subject has one line, so that data cannot add a header', () => {
  expect(render(greeting, { ...data, name: 'Ada\r\nBcc: everybody@example.com' }).subject).toBe(
    'Hello Ada Bcc: everybody@example.com',
  );
});

test('a place that the data does not fill is named', () => {
  expect(() => render(greeting, { name: 'Ada' })).toThrow(new MissingData('greeting', 'lines'));
});

test('what every object has does not count as data', () => {
  const template: Template = { name: 't', wordings: { en: { subject: '{constructor}', body: '' } } };

  expect(() => render(template, {})).toThrow(MissingData);
});

test.each([
  ['de', 'de'],
  ['de-AT', 'de'],
  ['DE-at-1996', 'de'],
  ['pt-br', 'pt-BR'],
  ['pt', 'en'],
  ['fr-FR', 'en'],
  [undefined, 'en'],
])('a reader of %s gets %s', (wanted, locale) => {
  expect(render(greeting, data, wanted).locale).toBe(locale);
});
