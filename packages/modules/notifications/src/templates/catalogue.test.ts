import { expect, test } from '@jest/globals';
import { findTemplate, UnknownTemplate } from './catalogue.js';
import { render } from './rendering.js';

const DATA: Record<string, Record<string, string>> = {
  'order-placed': { order: '536365', lines: '6 × Lantern', total: '15.30 GBP' },
  'order-cancelled': { order: '536365', lines: '6 × Lantern', amount: '15.30 GBP' },
  'order-fulfilled': { order: '536365', lines: '6 × Lantern', total: '15.30 GBP' },
  'order-undeliverable': { order: '536365', lines: '6 × Lantern', amount: '15.30 GBP' },
};

test.each(Object.keys(DATA))('%s says in every language what it is about', (name) => {
  const template = findTemplate(name);
  for (const locale of Object.keys(template.wordings)) {
    const { subject, text } = render(template, DATA[name]!, locale);
    expect(subject).toContain('536365');
    expect(text).toContain('6 × Lantern');
    expect(text).toContain('15.30 GBP');
    expect(text).not.toMatch(/[{}]/);
  }
});

test.each(['welcome', '__proto__', ''])('there is no template %j', (name) => {
  expect(() => findTemplate(name)).toThrow(UnknownTemplate);
});
